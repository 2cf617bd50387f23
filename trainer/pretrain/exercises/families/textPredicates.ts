import { type Family, family as f } from '../family.ts';

/** Yes-or-no questions about a text. */
export const textPredicates: readonly Family[] = [
  f(
    '{startsWith|hasPrefix|beginsWith}',
    's; prefix,start,head: string',
    'boolean',
    ['%W {the text|$0} {starts|begins} with $1'],
    ['return $0.startsWith($1);', 'return $0.slice(0, $1.length) === $1;'],
    [
      [['abc', 'ab'], true],
      [['abc', 'b'], false],
    ],
    0.6,
  ),
  f(
    '{endsWith|hasSuffix|finishesWith}',
    's; suffix,end,ending: string',
    'boolean',
    ['%W {the text|$0} {ends|finishes} with $1'],
    ['return $0.endsWith($1);'],
    [
      [['abc', 'bc'], true],
      [['abc', 'b'], false],
    ],
    0.6,
  ),
  f(
    '{containsText|includesText|contains|hasText}',
    's; sub',
    'boolean',
    ['%W {the text|$0} {contains|includes} $1'],
    ['return $0.includes($1);', 'return $0.indexOf($1) !== -1;'],
    [
      [['abc', 'b'], true],
      [['abc', 'x'], false],
    ],
    0.6,
  ),
  f(
    '{containsIgnoreCase|includesIgnoringCase|matchesQuery|fuzzyIncludes}',
    's; sub',
    'boolean',
    ['%W {the text|$0} {contains|includes} $1{,|} {ignoring|regardless of} case'],
    ['return $0.toLowerCase().includes($1.toLowerCase());'],
    [
      [['ABC', 'b'], true],
      [['abc', 'x'], false],
    ],
  ),
  f(
    '{equalsIgnoreCase|sameIgnoringCase|equalIgnoringCase|sameText}',
    'sa; sb',
    'boolean',
    [
      '%W {two texts|two strings|$0 and $1} are {equal|the same}{,|} {ignoring|regardless of} {case|upper and lower case}',
    ],
    ['return $0.toLowerCase() === $1.toLowerCase();'],
    [
      [['ABC', 'abc'], true],
      [['abc', 'x'], false],
    ],
  ),
  f(
    '{isBlank|isEmptyText|blank|isWhitespace}',
    's',
    'boolean',
    [
      '%W {the text|$0} is {blank|empty or white space only|empty or only white space}',
      '%W {the text|$0} has {nothing but|only} white space',
    ],
    ["return $0.trim() === '';", 'return $0.trim().length === 0;'],
    [
      [['  '], true],
      [['a'], false],
    ],
  ),
  f(
    '{isEmpty|isEmptyString}',
    's',
    'boolean',
    ['%W {the text|the string|$0} is empty', '%W {the text|$0} has no characters'],
    ["return $0 === '';", 'return $0.length === 0;'],
    [
      [[''], true],
      [['a'], false],
    ],
    0.5,
  ),
  f(
    '{isUpper|isUpperCase|isUppercase|isAllCaps}',
    's',
    'boolean',
    ['%W {the text|$0} is {all |written in |}upper case'],
    ['return $0 === $0.toUpperCase();'],
    [
      [['AB'], true],
      [['Ab'], false],
    ],
    0.7,
  ),
  f(
    '{isLower|isLowerCase|isLowercase}',
    's',
    'boolean',
    ['%W {the text|$0} is {all |written in |}lower case'],
    ['return $0 === $0.toLowerCase();'],
    [
      [['ab'], true],
      [['Ab'], false],
    ],
    0.6,
  ),
  f(
    '{isCapitalized|startsWithCapital|startsUpper}',
    's',
    'boolean',
    ['%W {the text|$0} {starts|begins} with {an upper-case|a capital} letter'],
    ['return /^[A-Z]/.test($0);'],
    [
      [['Ab'], true],
      [['ab'], false],
    ],
    0.7,
  ),
  f(
    '{isNumeric|isDigits|allDigits|onlyDigits|isDigitsOnly}',
    's',
    'boolean',
    ['%W {the text|$0} {consists of|has|is made of} {only digits|digits only|nothing but digits}'],
    ['return /^\\d+$/.test($0);', 'return /^[0-9]+$/.test($0);'],
    [
      [['12'], true],
      [['1a'], false],
      [[''], false],
    ],
  ),
  f(
    '{isAlpha|isLetters|onlyLetters|allLetters}',
    's',
    'boolean',
    ['%W {the text|$0} {consists of|has|is made of} {only letters|letters only|nothing but letters}'],
    ['return /^[a-zA-Z]+$/.test($0);', 'return /^[a-z]+$/i.test($0);'],
    [
      [['ab'], true],
      [['1a'], false],
    ],
  ),
  f(
    '{isAlphanumeric|alphanumeric|lettersAndDigitsOnly}',
    's',
    'boolean',
    ['%W {the text|$0} {consists of|has|is made of} {only letters and digits|letters and digits only}'],
    ['return /^[a-zA-Z0-9]+$/.test($0);', 'return /^[a-z0-9]+$/i.test($0);'],
    [
      [['ab1'], true],
      [['a-'], false],
    ],
    0.8,
  ),
  f(
    '{isVowel|vowel|isVowelLetter}',
    'c',
    'boolean',
    ['%W {the letter|the character|$0} is a vowel'],
    [
      "return 'aeiou'.includes($0.toLowerCase());",
      "return 'aeiouAEIOU'.includes($0);",
      'return /^[aeiou]$/i.test($0);',
    ],
    [
      [['a'], true],
      [['b'], false],
      [['E'], true],
    ],
  ),
  f(
    '{isDigit|digit|isDigitChar}',
    'c',
    'boolean',
    ['%W {the character|$0} is a digit'],
    ["return $0 >= '0' && $0 <= '9';", 'return /^\\d$/.test($0);'],
    [
      [['1'], true],
      [['b'], false],
    ],
    0.8,
  ),
  f(
    '{isLetter|letter|isLetterChar}',
    'c',
    'boolean',
    ['%W {the character|$0} is a letter'],
    ['return /^[a-z]$/i.test($0);', 'return /^[a-zA-Z]$/.test($0);'],
    [
      [['a'], true],
      [['1'], false],
    ],
    0.7,
  ),
  f(
    '{hasUniqueChars|allUnique|uniqueChars|isIsogram|noRepeats}',
    's',
    'boolean',
    [
      '%W {all|the} {characters|letters} of {the text|$0} are {different|unique|distinct}',
      '%W no {letter|character} {occurs|appears} twice{ in the text|}',
    ],
    ['return new Set($0).size === $0.length;'],
    [
      [['abc'], true],
      [['aba'], false],
    ],
  ),
  f(
    '{isPangram|pangram|usesAllLetters}',
    's',
    'boolean',
    ['%W {the text|$0} {has|contains|uses} {every letter|all letters} of the alphabet'],
    [
      "const @lower = $0.toLowerCase();\nreturn [...'abcdefghijklmnopqrstuvwxyz'].every((@c) => @lower.includes(@c));",
      'return new Set($0.toLowerCase().match(/[a-z]/g)).size === 26;',
    ],
    [
      [['The quick brown fox jumps over the lazy dog'], true],
      [['abc'], false],
    ],
    0.8,
  ),
];
