import { type Family, family } from '../family.ts';

/** What a word in a list may be asked; conditions are written over `@w` and, with `extra`, `$1`. */
interface WordTest {
  readonly phrase: string;
  readonly name: string;
  readonly condition: readonly string[];
  readonly extra: string | undefined;
  readonly argument: unknown;
  readonly holds: (word: string, extra: never) => boolean;
}

const test = (phrase: string, name: string, condition: string | string[], holds: WordTest['holds'], extra?: string, argument?: unknown): WordTest => ({
  phrase,
  name,
  condition: typeof condition === 'string' ? [condition] : condition,
  extra,
  argument,
  holds,
});

const wordTests: readonly WordTest[] = [
  test('{longer than|with more than} $1 {characters|letters|}', '{LongerThan|Longer|Long}', '@w.length > $1', (w, n: number) => w.length > n, 'len', 3),
  test('{shorter than|with fewer than} $1 {characters|letters|}', '{ShorterThan|Shorter|Short}', '@w.length < $1', (w, n: number) => w.length < n, 'len', 4),
  test('{with at least|of at least|that have at least} $1 {characters|letters}', '{AtLeast|MinLength|OfAtLeast}', '@w.length >= $1', (w, n: number) => w.length >= n, 'len', 4),
  test('{of length|with a length of|that have length} $1', '{OfLength|WithLength}', '@w.length === $1', (w, n: number) => w.length === n, 'len', 4),
  test('that {start|begin} with $1', '{StartingWith|WithPrefix|BeginningWith}', '@w.startsWith($1)', (w, p: string) => w.startsWith(p), 'prefix,start,p,letter,head: string', 'b'),
  test('that end {with|in} $1', '{EndingWith|WithSuffix|EndingIn}', '@w.endsWith($1)', (w, p: string) => w.endsWith(p), 'suffix,end,ending,tail,letter: string', 'e'),
  test('that {contain|include|have} $1', '{Containing|With|Including}', '@w.includes($1)', (w, p: string) => w.includes(p), 'sub', 'an'),
  test('that are {not empty|non-empty}', '{NonEmpty|NotEmpty|Filled}', ['@w !== \'\'', '@w.length > 0'], (w) => w !== ''),
  test('that are {empty|empty strings}', '{Empty|Blank}', ['@w === \'\'', '@w.length === 0'], (w) => w === ''),
  test('that are not blank', 'NonBlank', ['@w.trim() !== \'\'', '@w.trim().length > 0'], (w) => w.trim() !== ''),
  test('{in upper case|in capitals|that are upper case}', '{Uppercase|Upper|Shouted}', '@w === @w.toUpperCase()', (w) => w === w.toUpperCase()),
];

const W = '{words|strings|texts|items|values|names|lines}';

interface Aggregate {
  readonly names: (subject: string) => string;
  readonly docs: readonly string[];
  readonly returns: string;
  readonly bodies: readonly string[];
  readonly compute: (words: readonly string[], holds: (word: string) => boolean) => unknown;
}

const aggregates: readonly Aggregate[] = [
  {
    names: (s) => `{{words|strings|names|lines|filter|keep|only|get|select}${s}|{filter|keep|words}${s}}`,
    docs: [`{Keeps|Returns|Returns|Gets|Selects|Filters} {only |}%all ${W} PHRASE`, `%R the ${W} of $0 PHRASE`],
    returns: 'string[]',
    bodies: ['return $0.filter((@w) => C);', 'const @r«: string[]» = [];\nfor (const @w of $0) {\n  if (C) @r.push(@w);\n}\nreturn @r;'],
    compute: (words, holds) => words.filter(holds),
  },
  {
    names: (s) => `{count|numberOf|howMany|count}${s}`,
    docs: [`%C %all ${W} PHRASE`, `%R how many of the ${W} are PHRASE`],
    returns: 'number',
    bodies: ['return $0.filter((@w) => C).length;', 'let @k = 0;\nfor (const @w of $0) {\n  if (C) @k++;\n}\nreturn @k;'],
    compute: (words, holds) => words.filter(holds).length,
  },
  {
    names: (s) => `{every|all|allAre}${s}`,
    docs: [`%W {all|all the|all of the} ${W} are {ones |}PHRASE`],
    returns: 'boolean',
    bodies: ['return $0.every((@w) => C);'],
    compute: (words, holds) => words.every(holds),
  },
  {
    names: (s) => `{some|any|has|hasAny|anyIs}${s}`,
    docs: [`%W {any|some|at least one} of the ${W} is {one |}PHRASE`, `%W there are ${W} PHRASE`],
    returns: 'boolean',
    bodies: ['return $0.some((@w) => C);'],
    compute: (words, holds) => words.some(holds),
  },
  {
    names: (s) => `{first|find|findFirst|getFirst}${s}`,
    docs: ['%R the first {word|string|one|item} PHRASE{, or undefined|, if any|}'],
    returns: 'string | undefined',
    bodies: ['return $0.find((@w) => C);', 'for (const @w of $0) {\n  if (C) return @w;\n}\nreturn undefined;'],
    compute: (words, holds) => words.find(holds),
  },
  {
    names: (s) => `{remove|without|drop|exclude|reject}${s}`,
    docs: [`{Removes|Drops|Leaves out|Filters out} %all ${W} PHRASE`, `%R the %L without the ${W} PHRASE`],
    returns: 'string[]',
    bodies: ['return $0.filter((@w) => !(C));'],
    compute: (words, holds) => words.filter((word) => !holds(word)),
  },
  {
    names: (s) => `{join|joined}${s}`,
    docs: [`{Joins|Joins|Puts together} %all ${W} PHRASE with {commas|a comma and a space}`],
    returns: 'string',
    bodies: ["return $0.filter((@w) => C).join(', ');"],
    compute: (words, holds) => words.filter(holds).join(', '),
  },
];

const samples: readonly (readonly string[])[] = [['apple', 'bee', 'banana', 'kiwi', '', 'tree', 'NASA'], ['bar', 'be', ' '], []];

/** "Words longer than n", "count of the names that end with s", …: every test with every aggregate. */
export const composedWords: readonly Family[] = wordTests.flatMap((one) =>
  aggregates.map((aggregate) => {
    const holds = (word: string): boolean => one.holds(word, one.argument as never);
    const checks = samples.map((words): [unknown[], unknown] => [one.extra ? [[...words], one.argument] : [[...words]], aggregate.compute(words, holds)]);
    const bodies = aggregate.bodies.flatMap((body) =>
      one.condition.map((condition) => {
        const opposite = / (===|!==) /.test(condition)
          ? condition.replace(/ (===|!==) /, (operator) => (operator === ' === ' ? ' !== ' : ' === '))
          : /[<>]/.test(condition)
            ? condition.replace(/ (<|>=?) /, (operator) => ({ ' < ': ' >= ', ' > ': ' <= ', ' >= ': ' < ' })[operator]!)
            : `!${condition}`;
        return body.replaceAll('!(C)', opposite).replace(/\bC\b/g, condition);
      }),
    );
    return family(aggregate.names(one.name), one.extra ? `ss; ${one.extra}` : 'ss', aggregate.returns, aggregate.docs.map((doc) => doc.replace('PHRASE', one.phrase)), bodies, checks, 0.22);
  }),
);
