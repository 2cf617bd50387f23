import { type Family, family } from '../family.ts';

/** What a number in a list may be asked. `condition` is written over the element `@n` and, with `limit`, `$1`. */
interface NumberTest {
  readonly adjective: string;
  readonly after: string;
  readonly name: string;
  readonly condition: readonly string[];
  readonly limit: boolean;
  readonly holds: (value: number, limit: number) => boolean;
}

const test = (adjective: string, after: string, name: string, condition: string | string[], holds: NumberTest['holds'], limit = false): NumberTest => ({
  adjective,
  after,
  name,
  condition: typeof condition === 'string' ? [condition] : condition,
  limit,
  holds,
});

export const numberTests: readonly NumberTest[] = [
  test('even', '', 'Even{|s|Numbers}', ['@n % 2 === 0', '@n % 2 === 0', '!(@n % 2)'], (v) => v % 2 === 0),
  test('odd', '', 'Odd{|s|Numbers}', '@n % 2 !== 0', (v) => v % 2 !== 0),
  test('positive', '', 'Positive{|s|Numbers}', '@n > 0', (v) => v > 0),
  test('negative', '', 'Negative{|s|Numbers}', '@n < 0', (v) => v < 0),
  test('{nonzero|non-zero}', '', '{NonZero|Nonzero}', '@n !== 0', (v) => v !== 0),
  test('{whole|integer}', '', '{Integers|Whole|Ints}', 'Number.isInteger(@n)', (v) => Number.isInteger(v)),
  test('', '{greater than|above|over|bigger than|larger than|more than|that exceed|exceeding} $1', '{Above|GreaterThan|Over|BiggerThan}', '@n > $1', (v, l) => v > l, true),
  test('', '{less than|below|under|smaller than|lower than} $1', '{Below|LessThan|Under|SmallerThan}', '@n < $1', (v, l) => v < l, true),
  test('', '{of at least|not below|greater than or equal to|at least as big as} $1', '{AtLeast|From|NotBelow}', '@n >= $1', (v, l) => v >= l, true),
  test('', '{of at most|not above|less than or equal to|up to} $1', '{AtMost|UpTo|NotAbove}', '@n <= $1', (v, l) => v <= l, true),
  test('', '{divisible by|that can be divided by|that are multiples of|that are a multiple of} $1', '{DivisibleBy|MultiplesOf}', '@n % $1 === 0', (v, l) => v % l === 0, true),
  test('', '{equal to|that equal|that are equal to|the same as} $1', '{EqualTo|Equal|Same}', '@n === $1', (v, l) => v === l, true),
  test('', '{different from|other than|not equal to} $1', '{Except|OtherThan|Not}', '@n !== $1', (v, l) => v !== l, true),
];

/** What is asked of the values that pass. `C` stands for the condition. */
interface Aggregate {
  readonly names: (subject: string) => string;
  readonly docs: readonly string[];
  readonly returns: string;
  readonly bodies: readonly string[];
  readonly compute: (values: readonly number[], holds: (value: number) => boolean) => unknown;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const P = '{numbers|values|numbers|elements|items|entries}';

const aggregates: readonly Aggregate[] = [
  {
    names: (s) => `{sum|total|sumOf|add|addUp|sumOfThe}${s}`,
    docs: [`%R the {sum|total} of %all ADJ ${P} AFTER%inL`, `{Adds up|Sums|Adds|Totals|Sums up} %all ADJ ${P} AFTER%inL`],
    returns: 'number',
    bodies: ['return $0.filter((@n) => C).reduce((@a, @b) => @a + @b, 0);', 'let @t = 0;\nfor (const @n of $0) {\n  if (C) @t += @n;\n}\nreturn @t;', 'return $0.reduce((@t, @n) => (C ? @t + @n : @t), 0);'],
    compute: (values, holds) => sum(values.filter(holds)),
  },
  {
    names: (s) => `{count|countOf|numberOf|howMany|count}${s}`,
    docs: [`%C %all ADJ ${P} AFTER%inL`, `%R how many ${P} {in $0 |of the %L |}are ADJ AFTER`],
    returns: 'number',
    bodies: ['return $0.filter((@n) => C).length;', 'return $0.filter((@n) => C).length;', 'let @k = 0;\nfor (const @n of $0) {\n  if (C) @k++;\n}\nreturn @k;', 'return $0.reduce((@k, @n) => @k + (C ? 1 : 0), 0);'],
    compute: (values, holds) => values.filter(holds).length,
  },
  {
    names: (s) => `{keep|filter|only|get|select|find|pick|all|filter}${s}`,
    docs: [`{Keeps|Returns|Returns|Gets|Selects|Picks|Filters} {only |}%all ADJ ${P} AFTER%inL`, `%R a {new |}%L {of|with} {only |}the ADJ ${P} AFTER`, `{Removes|Drops} every {number|value} that is not ADJ AFTER`, `%R the {numbers|values} of $0 that are ADJ AFTER`],
    returns: 'number[]',
    bodies: ['return $0.filter((@n) => C);', 'return $0.filter((@n) => C);', 'const @r«: number[]» = [];\nfor (const @n of $0) {\n  if (C) @r.push(@n);\n}\nreturn @r;'],
    compute: (values, holds) => values.filter(holds),
  },
  {
    names: (s) => `{remove|drop|without|reject|exclude|discard}${s}`,
    docs: [`{Removes|Drops|Rejects|Leaves out|Filters out} %all ADJ ${P} AFTER%inL`, `%R the %L without {the|its} ADJ ${P} AFTER`],
    returns: 'number[]',
    bodies: ['return $0.filter((@n) => !(C));', 'const @r«: number[]» = [];\nfor (const @n of $0) {\n  if (!(C)) @r.push(@n);\n}\nreturn @r;'],
    compute: (values, holds) => values.filter((value) => !holds(value)),
  },
  {
    names: (s) => `{every|all|areAll|allAre|onlyHas|isAll}${s}`,
    docs: [`%W {all|every one of the|all the|all of the} ${P} {in the %L |in $0 |}are ADJ AFTER`, `%W {every|each} {number|value} {in the %L |of $0 |}is ADJ AFTER`],
    returns: 'boolean',
    bodies: ['return $0.every((@n) => C);', 'return $0.every((@n) => C);', 'for (const @n of $0) {\n  if (!(C)) return false;\n}\nreturn true;'],
    compute: (values, holds) => values.every(holds),
  },
  {
    names: (s) => `{some|any|has|hasAny|contains|hasSome|includes|anyIs}${s}`,
    docs: [`%W {any|some|at least one} of the ${P} {in $0 |}is ADJ AFTER`, `%W the %L {has|contains|includes} {a number|a value|any number} that is ADJ AFTER`, `%W $0 {has|contains} {at least one|any|an} ADJ {number|value} AFTER`],
    returns: 'boolean',
    bodies: ['return $0.some((@n) => C);', 'return $0.some((@n) => C);', 'for (const @n of $0) {\n  if (C) return true;\n}\nreturn false;'],
    compute: (values, holds) => values.some(holds),
  },
  {
    names: (s) => `{none|no|noneAre|hasNo|lacks}${s}`,
    docs: [`%W {none|no one} of the ${P} {in $0 |}is ADJ AFTER`, `%W the %L {has|contains} no ADJ ${P} AFTER`],
    returns: 'boolean',
    bodies: ['return !$0.some((@n) => C);', 'return $0.every((@n) => !(C));'],
    compute: (values, holds) => !values.some(holds),
  },
  {
    names: (s) => `{first|findFirst|find|getFirst}${s}`,
    docs: ['%R the first {number|value|element} {in the %L |of $0 |in $0 |}that is ADJ AFTER{, or undefined|, undefined if there is none|, if any|}', '%R the first ADJ {number|value} AFTER%inL{, or undefined|}'],
    returns: 'number | undefined',
    bodies: ['return $0.find((@n) => C);', 'return $0.find((@n) => C);', 'for (const @n of $0) {\n  if (C) return @n;\n}\nreturn undefined;'],
    compute: (values, holds) => values.find(holds),
  },
  {
    names: (s) => `{last|findLast|getLast}${s}`,
    docs: ['%R the last {number|value|element} {in the %L |of $0 |}that is ADJ AFTER{, or undefined|, if any|}', '%R the last ADJ {number|value} AFTER%inL{, or undefined|}'],
    returns: 'number | undefined',
    bodies: ['return $0.filter((@n) => C).at(-1);', 'return $0.findLast((@n) => C);', 'for (let @i = $0.length - 1; @i >= 0; @i--) {\n  const @n = $0[@i]!;\n  if (C) return @n;\n}\nreturn undefined;'],
    compute: (values, holds) => values.filter(holds).at(-1),
  },
  {
    names: (s) => `{index|indexOf|findIndex|position|firstIndex}Of${s}`,
    docs: ['%R the {index|position} of the first {number|value} that is ADJ AFTER{, or -1|, -1 if there is none|}', '%R the {index|position} of the first ADJ {number|value} AFTER{, or -1| or -1 if none|}'],
    returns: 'number',
    bodies: ['return $0.findIndex((@n) => C);', 'for (let @i = 0; @i < $0.length; @i++) {\n  const @n = $0[@i]!;\n  if (C) return @i;\n}\nreturn -1;'],
    compute: (values, holds) => values.findIndex((value) => holds(value)),
  },
  {
    names: (s) => `{split|partition|separate}${s}`,
    docs: ['{Splits|Divides|Partitions} {the numbers|the list|the values|$0} into those that are ADJ AFTER and {the rest|those that are not|the others}'],
    returns: '[number[], number[]]',
    bodies: ['return [$0.filter((@n) => C), $0.filter((@n) => !(C))];', 'const @yes«: number[]» = [];\nconst @no«: number[]» = [];\nfor (const @n of $0) {\n  if (C) @yes.push(@n);\n  else @no.push(@n);\n}\nreturn [@yes, @no];'],
    compute: (values, holds) => [values.filter(holds), values.filter((value) => !holds(value))],
  },
  {
    names: (s) => `{average|mean|averageOf|avg}${s}`,
    docs: [`%R the {average|mean} of %all ADJ ${P} AFTER{, or 0 if there are none|, 0 when there are none|, 0 without any}`],
    returns: 'number',
    bodies: ['const @kept = $0.filter((@n) => C);\nif (@kept.length === 0) return 0;\nreturn @kept.reduce((@a, @b) => @a + @b, 0) / @kept.length;'],
    compute: (values, holds) => (values.some(holds) ? sum(values.filter(holds)) / values.filter(holds).length : 0),
  },
  {
    names: (s) => `{{largest|biggest|max|highest}${s}|{largest|max|highest}${s}}`,
    docs: ['%R the {largest|biggest|highest|greatest|maximum} {number|value} {in the %L |of $0 |}that is ADJ AFTER', '%R the {largest|biggest|highest} ADJ {number|value} AFTER'],
    returns: 'number',
    bodies: ['return Math.max(...$0.filter((@n) => C));'],
    compute: (values, holds) => Math.max(...values.filter(holds)),
  },
];

const samples: readonly (readonly number[])[] = [[3, -4, 10, 0, 7, 6, -9, 2.5], [1, 2, 3, 4, 5, 6], [-5, 0, 5, 5], []];

const fill = (text: string, one: NumberTest): string => text.replace('ADJ', one.adjective).replace('AFTER', one.after).replace(/ +(?=[,.]|$)/g, '');

/** "Sum of the even numbers", "first value above a limit", …: every test with every aggregate. */
export const composedNumbers: readonly Family[] = numberTests.flatMap((one) =>
  aggregates.map((aggregate) => {
    const limits = one.limit ? [2, 5] : [0];
    const checks = limits.flatMap((limit) =>
      samples.map((values): [unknown[], unknown] => [one.limit ? [[...values], limit] : [[...values]], aggregate.compute(values, (value) => one.holds(value, limit))]),
    );
    const bodies = aggregate.bodies.flatMap((body) => one.condition.map((condition) => body.replaceAll('!(C)', negated(condition)).replace(/\bC\b/g, condition)));
    return family(aggregate.names(one.name), one.limit ? 'ns; lim' : 'ns', aggregate.returns, aggregate.docs.map((doc) => fill(doc, one)), bodies, checks, 0.22);
  }),
);

/** The way a person writes the opposite: `@n >= $1` rather than `!(@n < $1)`. */
function negated(condition: string): string {
  const opposites: [string, string][] = [[' === ', ' !== '], [' !== ', ' === '], [' >= ', ' < '], [' <= ', ' > '], [' > ', ' <= '], [' < ', ' >= ']];
  if (condition.startsWith('!')) return condition.slice(2, -1);
  const found = opposites.find(([operator]) => condition.includes(operator));
  return found ? condition.replace(found[0], found[1]) : `!${condition}`;
}
