// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bodies are code, template literals included
import { type Family, family as f } from '../family.ts';

/** Comparing and converting single values, and functions of functions. */
export const values: readonly Family[] = [
  f(
    '{compare|compareNumbers|ascending|byNumber|numerically}',
    'na; nb',
    'number',
    [
      'Compares two numbers for sorting{ in ascending order|}',
      '%R {a negative number if|a number below zero when} $0 {comes|is} {before|smaller than} $1{, for sort|}',
    ],
    ['return $0 - $1;'],
    [[[1, 3], -2]],
    0.6,
  ),
  f(
    '{compareStrings|byName|compareText|alphabetically}',
    'sa; sb',
    'number',
    ['Compares two {strings|texts} {for sorting|alphabetically}'],
    ['return $0.localeCompare($1);'],
    [[['a', 'b'], -1]],
    0.6,
  ),
  f(
    '{isDefined|isPresent|exists|notNil|hasValue}',
    'u',
    'boolean',
    [
      '%W {the value|$0} is neither null nor undefined',
      '%W {the value|$0} is {not null and not undefined|defined}',
    ],
    ['return $0 !== null && $0 !== undefined;', 'return $0 != null;'],
    [
      [[0], true],
      [[null], false],
      [[undefined], false],
    ],
  ),
  ...(['string', 'number', 'boolean', 'function'] as const).map((type) =>
    f(
      `{is${type.charAt(0).toUpperCase()}${type.slice(1)}|is${type.charAt(0).toUpperCase()}${type.slice(1)}Value}`,
      'u',
      'boolean',
      [`%W {the value|$0} is a ${type}`],
      [`return typeof $0 === '${type}';`],
      [[[{}], false]],
      0.4,
    ),
  ),
  f(
    '{isObject|isRecord|isPlainObject}',
    'u',
    'boolean',
    ['%W {the value|$0} is {an object|a record} {and not null or an array|but neither null nor an array}'],
    ["return typeof $0 === 'object' && $0 !== null && !Array.isArray($0);"],
    [
      [[{}], true],
      [[[]], false],
      [[null], false],
    ],
    0.9,
  ),
  f(
    '{toNumber|parseNumber|numberOr|parseOr|toNumberOr}',
    's; fallback,defaultValue,otherwise: number',
    'number',
    [
      'Parses {a number|the text|$0}, {or gives|or returns|giving} $1 {if|when} it is not a number',
      '%conv {the text|$0} {to|into} a number, or $1 {if that fails|if it is none}',
    ],
    [
      'const @n = Number($0);\nreturn Number.isNaN(@n) ? $1 : @n;',
      'const @value = Number($0);\nif (Number.isNaN(@value)) return $1;\nreturn @value;',
    ],
    [
      [['5', 0], 5],
      [['x', 7], 7],
    ],
  ),
  f(
    '{toBoolean|parseBoolean|isTruthy|parseFlag|isYes}',
    's',
    'boolean',
    [
      "%W {the text|$0} {says|is} 'true', 'yes' or '1'{, ignoring case|, in any case}".replace(
        '{, ignoring case|, in any case}',
        ', ignoring case',
      ),
    ],
    ["return ['true', 'yes', '1'].includes($0.toLowerCase());"],
    [
      [['Yes'], true],
      [['no'], false],
    ],
    0.8,
  ),
  f(
    '{yesNo|toYesNo|yesOrNo|boolText}',
    'b',
    'string',
    ["%R 'yes' {for true|when $0 is true} and 'no' {for false|otherwise}"],
    ["return $0 ? 'yes' : 'no';"],
    [
      [[true], 'yes'],
      [[false], 'no'],
    ],
    0.7,
  ),
  f(
    '{compose|pipe|chain|andThen}',
    'f,first,inner: (value: T) => U; g,second,outer: (value: U) => V',
    '(value: T) => V',
    ['%R a function that {calls|applies} $0 and then $1'],
    ['return (@x) => $1($0(@x));', 'return (@v) => $1($0(@v));'],
    [],
    0.5,
  ),
  f(
    '{once|callOnce|runOnce}',
    'fn,callback,f,action: () => T',
    '() => T',
    ['%R a function that calls $0 {only the first time|once} and {remembers|keeps} {the|its} result'],
    [
      'let @called = false;\nlet @r«: T»;\nreturn () => {\n  if (!@called) {\n    @r = $0();\n    @called = true;\n  }\n  return @r;\n};',
    ],
    [],
    0.5,
  ),
  f(
    '{memoize|cached|remember|memo}',
    'fn,f,callback: (key: string) => T',
    '(key: string) => T',
    ['%R a function that {remembers|caches} the results of $0'],
    [
      'const @cache = new Map«<string, T>»();\nreturn (@key) => {\n  if (!@cache.has(@key)) @cache.set(@key, $0(@key));\n  return @cache.get(@key)«!»;\n};',
    ],
    [],
    0.5,
  ),
  f(
    '{pascalTriangleRow|pascalRow|binomialRow}',
    'n',
    'number[]',
    ["%R the {row $0|n-th row} of Pascal's triangle{, starting at 0|}"],
    [
      'let @row = [1];\nfor (let @i = 0; @i < $0; @i++) {\n  @row = [1, ...@row.slice(1).map((@v, @j) => @v + @row[@j]«!»), 1];\n}\nreturn @row;',
    ],
    [[[3], [1, 3, 3, 1]]],
    0.4,
  ),
  f(
    '{toRoman|romanNumeral|roman|toRomanNumeral}',
    'n',
    'string',
    ['%conv {the number|$0} {to|into} {a Roman numeral|Roman numerals}'],
    [
      "const @values = [1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1];\nconst @signs = ['M', 'CM', 'D', 'CD', 'C', 'XC', 'L', 'XL', 'X', 'IX', 'V', 'IV', 'I'];\nlet @rest = $0;\nlet @r = '';\nfor (const [@i, @v] of @values.entries()) {\n  while (@rest >= @v) {\n    @r += @signs[@i];\n    @rest -= @v;\n  }\n}\nreturn @r;",
    ],
    [[[14], 'XIV']],
    0.7,
  ),
  f(
    '{depth|nestingDepth|maxDepth}',
    'value,list,x,nested: unknown',
    'number',
    ['%R how deeply {lists|arrays} are nested{ in $0|}, 0 for anything else'],
    ['return Array.isArray($0) ? 1 + Math.max(0, ...$0.map(NAME)) : 0;'],
    [
      [[[1, [2]]], 2],
      [[1], 0],
    ],
    0.5,
  ),
];
