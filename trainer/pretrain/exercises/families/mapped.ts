import { type Family, family } from '../family.ts';

/** One value made from another: `expression` over `@n` or `@w`, and what a doc comment calls it. */
interface Mapping {
  readonly verb: string;
  readonly noun: string;
  readonly name: string;
  readonly expression: string;
  readonly apply: (value: never) => unknown;
}

const mapping = (verb: string, noun: string, name: string, expression: string, apply: Mapping['apply']): Mapping => ({ verb, noun, name, expression, apply });

const ofNumbers: readonly Mapping[] = [
  mapping('{Doubles|Multiplies by two}', '{doubles|doubled values}', 'double{d|}', '@n * 2', (n: number) => n * 2),
  mapping('{Triples|Multiplies by three}', 'triples', 'triple{d|}', '@n * 3', (n: number) => n * 3),
  mapping('{Halves|Divides by two}', 'halves', 'halve{d|}', '@n / 2', (n: number) => n / 2),
  mapping('Squares', 'squares', 'square{d|s|}', '{@n * @n|@n ** 2|@n * @n}', (n: number) => n * n),
  mapping('Cubes', 'cubes', 'cube{d|s|}', '{@n * @n * @n|@n ** 3}', (n: number) => n ** 3),
  mapping('{Negates|Flips the sign of}', '{negatives|opposites}', 'negate{d|}', '-@n', (n: number) => -n),
  mapping('{Increments|Adds one to}', 'successors', '{increment|addOne}', '@n + 1', (n: number) => n + 1),
  mapping('{Decrements|Subtracts one from}', 'predecessors', '{decrement|subtractOne}', '@n - 1', (n: number) => n - 1),
  mapping('{Rounds|Rounds to whole numbers}', 'rounded values', 'round{ed|}', 'Math.round(@n)', (n: number) => Math.round(n)),
  mapping('Takes the absolute value of', 'absolute values', '{abs|absolute}', 'Math.abs(@n)', (n: number) => Math.abs(n)),
];

const ofWords: readonly Mapping[] = [
  mapping('{Upper-cases|Makes upper case}', 'upper-cased texts', '{upper|uppercase|shout}', '@w.toUpperCase()', (w: string) => w.toUpperCase()),
  mapping('{Lower-cases|Makes lower case}', 'lower-cased texts', '{lower|lowercase}', '@w.toLowerCase()', (w: string) => w.toLowerCase()),
  mapping('{Trims|Trims white space from|Removes surrounding white space from}', 'trimmed texts', 'trim{med|}', '@w.trim()', (w: string) => w.trim()),
  mapping('Gives the length of', 'lengths', '{lengths|length}', '@w.length', (w: string) => w.length),
  mapping('Takes the first {letter|character} of', 'first letters', '{initial|firstLetter|head}', '@w.charAt(0)', (w: string) => w.charAt(0)),
  mapping('Reverses', 'reversed texts', 'reverse{d|}', "@w.split('').reverse().join('')", (w: string) => [...w].reverse().join('')),
  mapping('{Capitalizes|Makes the first letter upper case in}', 'capitalized texts', 'capitalize{d|}', '@w.charAt(0).toUpperCase() + @w.slice(1)', (w: string) => w.charAt(0).toUpperCase() + w.slice(1)),
];

const numbers = [[1, 2, 3], [-2.5, 4, 0, 9], []];
const words = [['abc', ' De '], ['x', 'hello', 'World'], []];

function expressions(one: Mapping): string[] {
  return one.expression.startsWith('{') ? one.expression.slice(1, -1).split('|') : [one.expression];
}

function listFamilies(one: Mapping, kind: 'ns' | 'ss', local: string, samples: readonly (readonly unknown[])[]): Family[] {
  const many = kind === 'ns' ? '{numbers|values|elements}' : '{words|strings|texts|items}';
  const returns = typeof one.apply(samples[1]![0] as never) === 'number' ? 'number[]' : 'string[]';
  const suffix = kind === 'ns' ? '{All|Numbers|Each|Values|List|Every}' : '{All|Words|Each|Strings|Every|Texts}';
  const each = expressions(one);
  return [
    family(
      `${one.name}${suffix}`,
      kind,
      returns,
      [`${one.verb} {every|each} {number|value|element|item}%inL`.replace('number|value|element|item', kind === 'ns' ? 'number|value|element' : 'word|string|text'), `${one.verb} %all ${many}`, `%R {the|a list of the} ${one.noun} of %all ${many}`],
      each.flatMap((to) => [`return $0.map((${local}) => ${to});`, `return $0.map((${local}) => ${to});`, `const @r«: ${returns}» = [];\nfor (const ${local} of $0) {\n  @r.push(${to});\n}\nreturn @r;`]),
      samples.map((sample) => [[sample], sample.map((value) => one.apply(value as never))] as const),
      0.5,
    ),
    ...(returns === 'number[]'
      ? [
          family(
            `{sumOf|sum|total}${one.name.charAt(0).toUpperCase()}${one.name.slice(1)}${kind === 'ss' ? '{|OfWords}' : '{|Of}'}`,
            kind,
            'number',
            [`%R the {sum|total} of the ${one.noun} {of %all ${many}|}`, `{Adds up|Sums} the ${one.noun} of %all ${many}`],
            each.flatMap((to) => [`return $0.reduce((@t, ${local}) => @t + ${/^@n [+-]/.test(to) ? `(${to})` : to}, 0);`, `let @t = 0;\nfor (const ${local} of $0) {\n  @t += ${to};\n}\nreturn @t;`]),
            samples.map((sample) => [[sample], sample.reduce((total: number, value) => total + (one.apply(value as never) as number), 0)] as const),
            0.4,
          ),
        ]
      : []),
  ];
}

/** "Doubles every number", "sum of the squares", "the lengths of the words", … and the same of one value. */
export const mapped: readonly Family[] = [
  ...ofNumbers.flatMap((one) => listFamilies(one, 'ns', '@n', numbers)),
  ...ofWords.flatMap((one) => listFamilies(one, 'ss', '@w', words)),
  ...ofNumbers.map((one) =>
    family(`${one.name.replace(/\{(?:ed|d|s|\|)+\}$/, '')}{|Number|It|Of}`, 'n', 'number', [`${one.verb} {the|a} number`, `${one.verb} $0`, `%R {the|a} number {made|after|with}: ${one.noun}`], expressions(one).map((to) => `return ${to.replaceAll('@n', '$0')};`), [3, -2, 0.5].map((value) => [[value], one.apply(value as never)] as const), 0.4),
  ),
];
