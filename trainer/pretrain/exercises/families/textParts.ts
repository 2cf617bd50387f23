import { type Family, family as f } from '../family.ts';

/** Parts of texts, common prefixes, and positions. */
export const textParts: readonly Family[] = [
  f(
    '{firstWord|headWord|getFirstWord}',
    's',
    'string',
    ['%R the first word {of|in} {the text|$0|a sentence}'],
    ["return $0.split(' ')[0];", 'return $0.trim().split(/\\s+/)[0];'],
    [[['ab cd'], 'ab']],
    0.9,
  ),
  f(
    '{lastWord|finalWord|getLastWord}',
    's',
    'string',
    ['%R the last word {of|in} {the text|$0|a sentence}'],
    [
      "return $0.split(' ').at(-1)«!»;",
      'const @w = $0.trim().split(/\\s+/);\nreturn @w[@w.length - 1];',
      "return $0.slice($0.lastIndexOf(' ') + 1);",
    ],
    [[['ab cd'], 'cd']],
    0.9,
  ),
  f(
    '{firstRepeated|firstDuplicateLetter|firstRepeatedChar}',
    's',
    'string | undefined',
    ['%R the first {letter|character} that {occurs|appears} {twice|a second time}{, or undefined|}'],
    [
      'const @seen = new Set«<string>»();\nfor (const @c of $0) {\n  if (@seen.has(@c)) return @c;\n  @seen.add(@c);\n}\nreturn undefined;',
    ],
    [
      [['abcb'], 'b'],
      [['abc'], undefined],
    ],
    0.7,
  ),
  f(
    '{firstUnique|firstNonRepeating|firstUniqueChar|firstSingle}',
    's',
    'string | undefined',
    ['%R the first {letter|character} that {occurs|appears} only once{, or undefined|}'],
    [
      'return [...$0].find((@c) => $0.indexOf(@c) === $0.lastIndexOf(@c));',
      'for (const @c of $0) {\n  if ($0.indexOf(@c) === $0.lastIndexOf(@c)) return @c;\n}\nreturn undefined;',
    ],
    [
      [['aabc'], 'b'],
      [['aa'], undefined],
    ],
    0.8,
  ),
  f(
    '{mostCommonChar|mostFrequentLetter|topLetter}',
    's',
    'string',
    ['%R the {letter|character} that occurs most often{ in the text|}'],
    [
      "const @m = new Map«<string, number>»();\nlet @best = '';\nfor (const @c of $0) {\n  @m.set(@c, (@m.get(@c) ?? 0) + 1);\n}\nfor (const [@c, @k] of @m) {\n  if (@k > (@m.get(@best) ?? 0)) @best = @c;\n}\nreturn @best;",
    ],
    [[['abb'], 'b']],
    0.6,
  ),
  f(
    '{commonPrefix|sharedPrefix|longestCommonPrefix|commonStart}',
    'sa; sb',
    'string',
    [
      '%R the longest {prefix|beginning|start} that {two texts|$0 and $1} {share|have in common}',
      '%R the {longest |}common {prefix|start} of {two strings|$0 and $1}',
    ],
    [
      'let @i = 0;\nwhile (@i < $0.length && $0[@i] === $1[@i]) @i++;\nreturn $0.slice(0, @i);',
      'let @i = 0;\nwhile (@i < $0.length && @i < $1.length && $0[@i] === $1[@i]) {\n  @i++;\n}\nreturn $0.slice(0, @i);',
    ],
    [
      [['abcd', 'abx'], 'ab'],
      [['a', 'b'], ''],
    ],
    1,
  ),
  f(
    '{commonPrefix|longestCommonPrefix|sharedPrefix}',
    'ss',
    'string',
    [
      '%R the longest prefix that all {strings|words|texts} {share|have in common}',
      '%R the {longest |}common prefix of {the strings|the words|all words}',
    ],
    [
      "if ($0.length === 0) return '';\nlet @prefix = $0[0]«!»;\nfor (const @w of $0) {\n  while (!@w.startsWith(@prefix)) @prefix = @prefix.slice(0, -1);\n}\nreturn @prefix;",
    ],
    [
      [[['abcd', 'abx']], 'ab'],
      [[[]], ''],
    ],
    0.8,
  ),
  f(
    '{hammingDistance|countDifferences|differingChars|hamming}',
    'sa; sb',
    'number',
    [
      '%C positions {at which|where} {two texts|two strings|$0 and $1} differ{, which are as long as each other|}',
    ],
    [
      'return [...$0].filter((@c, @i) => @c !== $1[@i]).length;',
      'let @k = 0;\nfor (let @i = 0; @i < $0.length; @i++) {\n  if ($0[@i] !== $1[@i]) @k++;\n}\nreturn @k;',
    ],
    [[['abc', 'abd'], 1]],
    0.9,
  ),
  f(
    '{isSubsequence|subsequence|inOrder}',
    's; sub',
    'boolean',
    ['%W the characters of $1 occur in {the text|$0} in the same order'],
    ['let @i = 0;\nfor (const @c of $0) {\n  if (@c === $1[@i]) @i++;\n}\nreturn @i === $1.length;'],
    [
      [['abcd', 'ac'], true],
      [['abcd', 'ca'], false],
    ],
    0.6,
  ),
  f(
    '{isBalanced|balanced|balancedParens|parenthesesMatch|hasBalancedBrackets}',
    's',
    'boolean',
    ['%W {all|the} {parentheses|round brackets} {of|in} {the text|$0} are {balanced|closed|matched}'],
    [
      "let @depth = 0;\nfor (const @c of $0) {\n  if (@c === '(') @depth++;\n  if (@c === ')') @depth--;\n  if (@depth < 0) return false;\n}\nreturn @depth === 0;",
    ],
    [
      [['(a(b))'], true],
      [[')('], false],
      [['(('], false],
    ],
    1,
  ),
  f(
    '{charCodes|toCharCodes|codePoints|codes}',
    's',
    'number[]',
    ['%R the character codes of {the text|$0}'],
    ['return [...$0].map((@c) => @c.charCodeAt(0));'],
    [[['ab'], [97, 98]]],
    0.5,
  ),
  f(
    '{indexesOf|allIndexes|positionsOf|findAll|indicesOf}',
    's; c',
    'number[]',
    [
      '%R {all|the} {positions|indexes|indices} of $1 in {the text|$0}',
      '{Finds|Lists} {every|each} position at which $1 {occurs|appears}',
    ],
    [
      'const @r«: number[]» = [];\nfor (let @i = 0; @i < $0.length; @i++) {\n  if ($0[@i] === $1) @r.push(@i);\n}\nreturn @r;',
    ],
    [
      [
        ['banana', 'a'],
        [1, 3, 5],
      ],
    ],
    0.7,
  ),
  f(
    '{before|textBefore|substringBefore|upTo}',
    's; sep',
    'string',
    [
      '%R {the part of $0|the text} before the first $1{, or {all of it|the whole text} {without|if there is none}|}'.replace(
        '{, or {all of it|the whole text} {without|if there is none}|}',
        '',
      ),
    ],
    ['return $0.split($1)[0];'],
    [[['a=b', '='], 'a']],
    0.8,
  ),
  f(
    '{after|textAfter|substringAfter}',
    's; sep',
    'string',
    ['%R {the part of $0|the text} after the first $1'],
    ['return $0.slice($0.indexOf($1) + $1.length);'],
    [[['a=b', '='], 'b']],
    0.8,
  ),
];
