import { type Family, family as f } from '../family.ts';

/** The longest and the shortest, and texts taken apart. */
export const splitTexts: readonly Family[] = [
  f(
    '{longest|findLongest|longestString|longestOf|longestItem|longestName}',
    'ss',
    'string',
    [
      '%R the longest {string|word|text|item} {in the list|of the list|of $0|}{, the first if several are as long|}',
    ],
    [
      'return $0.reduce((@a, @b) => (@b.length > @a.length ? @b : @a));',
      "return $0.reduce((@a, @b) => (@b.length > @a.length ? @b : @a), '');",
      "let @best = '';\nfor (const @w of $0) {\n  if (@w.length > @best.length) @best = @w;\n}\nreturn @best;",
    ],
    [[[['ab', 'abcd', 'abc']], 'abcd']],
    1.4,
  ),
  f(
    '{shortest|findShortest|shortestString|shortestOf|shortestName}',
    'ss',
    'string',
    ['%R the shortest {string|word|text|item} {in the list|of the list|of $0|}'],
    [
      'return $0.reduce((@a, @b) => (@b.length < @a.length ? @b : @a));',
      'let @best = $0[0];\nfor (const @w of $0) {\n  if (@w.length < @best.length) @best = @w;\n}\nreturn @best;',
    ],
    [[[['abc', 'ab', 'abcd']], 'ab']],
  ),
  f(
    '{longestLength|maxLength|maxWordLength|widest}',
    'ss',
    'number',
    ['%R the length of the longest {string|word|text|item}%inL'],
    ['return Math.max(...$0.map((@w) => @w.length));', 'return Math.max(0, ...$0.map((@w) => @w.length));'],
    [[[['abc', 'ab']], 3]],
    0.8,
  ),
  f(
    '{totalLength|combinedLength|sumOfLengths|countCharacters}',
    'ss',
    'number',
    ['%R the {total|combined} length of all {strings|words|texts}{%inL|}'],
    ['return $0.reduce((@t, @w) => @t + @w.length, 0);', "return $0.join('').length;"],
    [
      [[['abc', 'ab']], 5],
      [[[]], 0],
    ],
    0.8,
  ),
  f(
    '{words|splitWords|toWords|getWords|listWords}',
    's',
    'string[]',
    [
      'Splits {the text|$0} into {its |}words{ at white space|}',
      '%R the words {of|in} {the text|$0|a sentence}',
    ],
    [
      'return $0.split(/\\s+/).filter(Boolean);',
      'return $0.trim().split(/\\s+/);',
      "return $0.split(' ');",
    ].slice(0, 1),
    [[[' a b  c'], ['a', 'b', 'c']]],
    1.2,
  ),
  f(
    '{lines|splitLines|toLines|getLines}',
    's',
    'string[]',
    ['Splits {the text|$0} into {its |}lines', '%R the lines of {the text|$0}'],
    ["return $0.split('\\n');", 'return $0.split(/\\r?\\n/);'],
    [[['a\nb'], ['a', 'b']]],
    0.9,
  ),
  f(
    '{chars|letters|toChars|splitChars|characters}',
    's',
    'string[]',
    [
      'Splits {the text|$0} into {its |}{characters|letters}',
      '%R the {characters|letters} of {the text|$0}{ as a list|}',
    ],
    ['return [...$0];', "return $0.split('');", 'return Array.from($0);'],
    [[['abc'], ['a', 'b', 'c']]],
    0.8,
  ),
  f(
    '{splitBy|splitText|splitOn|tokenize}',
    's; sep',
    'string[]',
    ['Splits {the text|$0} at {every|each} $1'],
    ['return $0.split($1);'],
    [
      [
        ['a-b', '-'],
        ['a', 'b'],
      ],
    ],
    0.6,
  ),
  f(
    '{parseList|splitList|commaList|parseCsv|splitCommas|splitCsvLine|parseTags}',
    's',
    'string[]',
    [
      'Splits {a comma-separated list|the text|$0} at {the |}commas{ and trims {every|each} {part|item|entry}| and trims the parts}',
      'Parses a comma-separated list{, trimming each {item|entry}|}'.replace(
        '{, trimming each {item|entry}|}',
        ', trimming each {item|entry}',
      ),
    ],
    ["return $0.split(',').map((@part) => @part.trim());", "return $0.split(',').map((@w) => @w.trim());"],
    [[['a, b ,c'], ['a', 'b', 'c']]],
    1.2,
  ),
  f(
    '{parseTags|parseList|nonEmptyParts}',
    's',
    'string[]',
    [
      'Splits {a comma-separated list|the text|$0} at commas, trims the parts and {drops|leaves out|removes} empty ones',
    ],
    [
      "return $0\n  .split(',')\n  .map((@w) => @w.trim())\n  .filter((@w) => @w !== '');",
      "return $0.split(',').map((@w) => @w.trim()).filter(Boolean);",
    ],
    [[['a, ,b'], ['a', 'b']]],
    0.8,
  ),
  f(
    '{parseNumbers|toNumbers|numberList|splitNumbers}',
    's',
    'number[]',
    [
      '{Parses|Reads} {a comma-separated list of numbers|comma-separated numbers}',
      '%conv {a comma-separated text|a list such as 1,2,3} {to|into} numbers',
    ],
    ["return $0.split(',').map(Number);", "return $0.split(',').map((@part) => Number(@part));"],
    [[['1,2, 3'], [1, 2, 3]]],
  ),
  f(
    '{extractNumbers|findNumbers|numbersIn|getNumbers}',
    's',
    'number[]',
    ['{Finds|Extracts|Returns} {all|the} {whole |}numbers {in|from} {the text|$0}'],
    ['return ($0.match(/\\d+/g) ?? []).map(Number);'],
    [
      [['a1b22'], [1, 22]],
      [['x'], []],
    ],
  ),
];
