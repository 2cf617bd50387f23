import { type Family, family as f } from '../family.ts';

/** Palindromes, anagrams, and counts of letters and words. */
export const letterCounts: readonly Family[] = [
  f(
    '{isPalindrome|palindrome|isMirrored|readsSameBackwards|checkPalindrome}',
    's',
    'boolean',
    [
      '%W {the text|a string|$0|the word} {reads the same|is the same} {backwards|forwards and backwards|in both directions}',
      '%W {the text|a string|the word|$0} is a palindrome',
    ],
    [
      "return $0 === $0.split('').reverse().join('');",
      "return $0 === [...$0].reverse().join('');",
      'for (let @i = 0; @i < $0.length / 2; @i++) {\n  if ($0[@i] !== $0[$0.length - 1 - @i]) return false;\n}\nreturn true;',
      "const @reversed = $0.split('').reverse().join('');\nreturn $0 === @reversed;",
    ],
    [
      [['abba'], true],
      [['ab'], false],
      [[''], true],
    ],
    2,
  ),
  f(
    '{isPalindrome|isLoosePalindrome|isPalindromePhrase}',
    's',
    'boolean',
    [
      '%W {the text|$0} {reads the same backwards|is a palindrome}, {ignoring|without regard to|apart from} {case|upper and lower case}{ and anything but letters| and punctuation| and spaces and punctuation}',
      '%W {a sentence|the text|$0} is a palindrome{, looking at letters and digits only|, ignoring case and punctuation}',
    ],
    [
      "const @letters = $0.toLowerCase().replace(/[^a-z0-9]/g, '');\nreturn @letters === [...@letters].reverse().join('');",
      "const @clean = $0.toLowerCase().replace(/[^a-z0-9]/g, '');\nreturn @clean === @clean.split('').reverse().join('');",
    ],
    [
      [['Abb, a!'], true],
      [['ab'], false],
    ],
    1.3,
  ),
  f(
    '{isPalindrome|isPalindromeWord}',
    's',
    'boolean',
    ['%W {the text|$0} {reads the same backwards|is a palindrome}, {ignoring|regardless of} case'],
    [
      "const @lower = $0.toLowerCase();\nreturn @lower === [...@lower].reverse().join('');",
      "const @lower = $0.toLowerCase();\nreturn @lower === @lower.split('').reverse().join('');",
    ],
    [
      [['Abba'], true],
      [['ab'], false],
    ],
    0.8,
  ),
  f(
    '{areAnagrams|isAnagram|anagrams|sameLetters}',
    'sa; sb',
    'boolean',
    [
      '%W {two words|two strings|$0 and $1} are anagrams{ of each other|}',
      '%W {two texts|$0 and $1} {have|are made of} the same letters{ in some order|}',
    ],
    [
      "const @sorted = (@w«: string») => [...@w].sort().join('');\nreturn @sorted($0) === @sorted($1);",
      "return [...$0].sort().join('') === [...$1].sort().join('');",
      "return $0.split('').sort().join('') === $1.split('').sort().join('');",
    ],
    [
      [['listen', 'silent'], true],
      [['ab', 'abb'], false],
    ],
    1.5,
  ),
  f(
    '{areAnagrams|isAnagramIgnoringCase|anagrams}',
    'sa; sb',
    'boolean',
    ['%W {two words|$0 and $1} are anagrams{ of each other|}, ignoring case'],
    [
      "const @sorted = (@w«: string») => [...@w.toLowerCase()].sort().join('');\nreturn @sorted($0) === @sorted($1);",
      "return [...$0.toLowerCase()].sort().join('') === [...$1.toLowerCase()].sort().join('');",
    ],
    [
      [['Listen', 'Silent'], true],
      [['ab', 'abb'], false],
    ],
    0.8,
  ),
  f(
    '{count|number}{Vowels|OfVowels} vowelCount',
    's',
    'number',
    [
      '%C {the |}vowels {in|of} {the text|a string|$0}',
      'Counts how many vowels {there are in the text|$0 has}',
    ],
    [
      'return ($0.match(/[aeiou]/gi) ?? []).length;',
      "return [...$0].filter((@c) => 'aeiouAEIOU'.includes(@c)).length;",
      "let @k = 0;\nfor (const @c of $0.toLowerCase()) {\n  if ('aeiou'.includes(@c)) @k++;\n}\nreturn @k;",
    ],
    [
      [['Hello'], 2],
      [['xyz'], 0],
    ],
    1.6,
  ),
  f(
    'countConsonants consonantCount',
    's',
    'number',
    ['%C {the |}consonants {in|of} {the text|a string|$0}'],
    [
      'return ($0.match(/[b-df-hj-np-tv-z]/gi) ?? []).length;',
      "return [...$0.toLowerCase()].filter((@c) => /[a-z]/.test(@c) && !'aeiou'.includes(@c)).length;",
    ],
    [[['Hello'], 3]],
    0.7,
  ),
  f(
    '{countWords|wordCount|numberOfWords|howManyWords}',
    's',
    'number',
    [
      '%C {the |}words {in|of} {the text|a sentence|$0|a string}{, separated by white space|}',
      'Counts the words that are separated by {white space|spaces}',
    ],
    [
      "const @w = $0.trim();\nreturn @w === '' ? 0 : @w.split(/\\s+/).length;",
      'return $0.split(/\\s+/).filter(Boolean).length;',
      "return $0.split(' ').filter((@w) => @w !== '').length;",
      'return $0.split(/\\s+/).filter((@w) => @w.length > 0).length;',
    ],
    [
      [['a b  c'], 3],
      [[''], 0],
    ],
    1.6,
  ),
  f(
    '{countLines|lineCount|numberOfLines}',
    's',
    'number',
    ['%C {the |}lines {in|of} {the text|$0}'],
    ["return $0.split('\\n').length;"],
    [[['a\nb'], 2]],
    0.8,
  ),
  f(
    '{count|occurrences|countOf}{Char|Letter|Character|Occurrences} {charCount|letterCount|occurrencesOf}',
    's; c',
    'number',
    [
      '%C {times|occurrences of} $1 in {the text|$0}'.replace('{times|occurrences of}', 'occurrences of'),
      'Counts how {often|many times} $1 {occurs|appears} in {the text|$0}',
      '%R how {often|many times} {the letter |the character |}$1 {occurs|appears} in {the text|$0}',
    ],
    [
      'return $0.split($1).length - 1;',
      'return [...$0].filter((@c) => @c === $1).length;',
      'let @k = 0;\nfor (const @c of $0) {\n  if (@c === $1) @k++;\n}\nreturn @k;',
    ],
    [
      [['banana', 'a'], 3],
      [['b', 'a'], 0],
    ],
    1.5,
  ),
  f(
    '{countOccurrences|occurrences|countSubstring|countMatches|timesIn}',
    's; sub',
    'number',
    [
      'Counts how {often|many times} $1 {occurs|appears} in {the text|$0}{ without overlaps|}',
      '%C {non-overlapping |}occurrences of $1 in {the text|$0}',
    ],
    [
      'return $0.split($1).length - 1;',
      'let @k = 0;\nlet @at = $0.indexOf($1);\nwhile (@at !== -1) {\n  @k++;\n  @at = $0.indexOf($1, @at + $1.length);\n}\nreturn @k;',
    ],
    [[['banana', 'an'], 2]],
  ),
  f(
    '{countUppercase|uppercaseCount|countCapitals}',
    's',
    'number',
    ['%C {the |}{upper-case|capital} letters {in|of} {the text|$0}'],
    [
      'return ($0.match(/[A-Z]/g) ?? []).length;',
      "return [...$0].filter((@c) => @c >= 'A' && @c <= 'Z').length;",
    ],
    [
      [['aBC'], 2],
      [['a'], 0],
    ],
    0.8,
  ),
  f(
    '{countDigits|digitCount|numberOfDigits}',
    's',
    'number',
    ['%C {the |}digits {in|of} {the text|$0}'],
    [
      'return ($0.match(/\\d/g) ?? []).length;',
      "return [...$0].filter((@c) => @c >= '0' && @c <= '9').length;",
    ],
    [
      [['a12'], 2],
      [['a'], 0],
    ],
    0.7,
  ),
  f(
    '{countLetters|letterCounts|charFrequency|countChars|letterFrequency|frequencies|charCounts}',
    's',
    'Record<string, number>',
    [
      '%C {times that each|occurrences of each|each} {letter|character} {occurs |}in {the text|$0}'.replace(
        '{times that each|occurrences of each|each} {letter|character} {occurs |}',
        'occurrences of each {letter|character} ',
      ),
      'Counts how often {every|each} {letter|character} occurs{ in the text|}',
      '%R a record {of|with} the count of {every|each} {letter|character} in {the text|$0}',
    ],
    [
      'const @m«: Record<string, number>» = {};\nfor (const @c of $0) {\n  @m[@c] = (@m[@c] ?? 0) + 1;\n}\nreturn @m;',
      'const @m«: Record<string, number>» = {};\nfor (const @c of $0) {\n  @m[@c] = (@m[@c] || 0) + 1;\n}\nreturn @m;',
    ],
    [[['aab'], { a: 2, b: 1 }]],
    1.4,
  ),
  f(
    '{wordCounts|countEachWord|wordFrequency|countWords|wordFrequencies}',
    's',
    'Record<string, number>',
    [
      'Counts how often {every|each} word occurs{ in the text| in $0|}',
      '%R a record {of|with} the count of {every|each} word in {the text|$0}',
    ],
    [
      "const @m«: Record<string, number>» = {};\nfor (const @w of $0.split(' ')) {\n  @m[@w] = (@m[@w] ?? 0) + 1;\n}\nreturn @m;",
      'const @m«: Record<string, number>» = {};\nfor (const @w of $0.split(/\\s+/)) {\n  @m[@w] = (@m[@w] ?? 0) + 1;\n}\nreturn @m;',
    ],
    [[['a b a'], { a: 2, b: 1 }]],
  ),
  f(
    '{longestWord|findLongestWord|biggestWord|longestIn}',
    's',
    'string',
    ['%R the longest word {in|of} {the text|a sentence|$0}{, the first one if several are as long|}'],
    [
      "return $0.split(' ').reduce((@a, @b) => (@b.length > @a.length ? @b : @a), '');",
      "let @best = '';\nfor (const @w of $0.split(' ')) {\n  if (@w.length > @best.length) @best = @w;\n}\nreturn @best;",
      'return $0.split(/\\s+/).reduce((@a, @b) => (@b.length > @a.length ? @b : @a));',
    ],
    [[['ab abcd abc'], 'abcd']],
    1.5,
  ),
  f(
    '{shortestWord|findShortestWord|smallestWord}',
    's',
    'string',
    ['%R the shortest word {in|of} {the text|a sentence|$0}'],
    ["return $0.split(' ').reduce((@a, @b) => (@b.length < @a.length ? @b : @a));"],
    [[['abc ab abcd'], 'ab']],
    0.9,
  ),
];
