// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bodies are code, template literals included
import { type Family, family as f } from '../family.ts';

/** Names, plurals, ordinals, and simple encodings. */
export const phrases: readonly Family[] = [
  f(
    '{greet|greeting|hello|sayHello|welcome}',
    'name,person,who,user,guest: string',
    'string',
    [
      "{Greets a person by name|Makes a greeting|Says hello to $0}, {such as|like|for example} 'Hello, Ada!'",
      '{Returns|Makes} a greeting for $0',
    ],
    ['return `Hello, ${$0}!`;', "return 'Hello, ' + $0 + '!';"],
    [[['Bo'], 'Hello, Bo!']],
    0.6,
  ),
  f(
    '{fullName|joinNames|displayName|formatName}',
    'first,firstName,given,givenName: string; last,lastName,family,surname: string',
    'string',
    [
      '{Joins|Combines} {a |the |}first and {a |the |}last name{ with a space|}',
      '%R the full name of {$0 and $1|a person}',
    ],
    ['return `${$0} ${$1}`;', "return $0 + ' ' + $1;", 'return `${$0} ${$1}`.trim();'],
    [[['A', 'B'], 'A B']],
  ),
  f(
    '{initials|getInitials|nameInitials|toInitials|acronym|abbreviation}',
    's',
    'string',
    [
      '%R the {initials|first letters} of {a name|all words|the words|$0}{ in upper case| as capitals|, in upper case}',
      'Makes {an acronym|the initials} {of|from} the first letters of {the|all} words{, in upper case| in upper case}',
    ],
    [
      "return $0\n  .split(' ')\n  .map((@w) => @w.charAt(0).toUpperCase())\n  .join('');",
      "return $0.split(' ').map((@w) => @w.charAt(0).toUpperCase()).join('');",
      "return $0.split(' ').map((@w) => @w[0]).join('').toUpperCase();",
      "return $0\n  .split(/\\s+/)\n  .map((@w) => @w[0].toUpperCase())\n  .join('');",
    ],
    [[['ada lovelace'], 'AL']],
    1.5,
  ),
  f(
    '{mask|maskText|hide|hideAll|maskAll|maskLast|censor}{|Number|Secret|}',
    's; visible,keep,shown,k,count: number',
    'string',
    [
      "{Replaces|Masks|Hides} all but the last $1 {characters|letters|digits}{ of $0|} {by|with} {stars|asterisks|'*'}",
      'Shows only the last $1 characters of {the text|$0} and {stars|asterisks} for {the rest|the others}',
    ],
    [
      "return '*'.repeat(Math.max(0, $0.length - $1)) + $0.slice(-$1);",
      "return $0.slice(-$1).padStart($0.length, '*');",
    ],
    [[['12345678', 4], '****5678']],
    1.2,
  ),
  f(
    '{pluralize|plural|withCount|quantity|countLabel}',
    'k; noun,word,unit,singular,name: string',
    'string',
    [
      "%R {the count and the noun|$0 and $1}, {with|adding} an 's' {unless|if} {the count|it} is {not |}one"
        .replace('{unless|if}', 'unless')
        .replace('{not |}', ''),
      "Writes a count with its noun, {such as|like} '1 item' or '3 items'",
      'Formats $0 with the {singular|plural} {form |}of $1{, adding an s for the plural|}'.replace(
        '{singular|plural} {form |}of ',
        '',
      ),
    ],
    ['return $0 === 1 ? `${$0} ${$1}` : `${$0} ${$1}s`;', "return `${$0} ${$1}${$0 === 1 ? '' : 's'}`;"],
    [
      [[1, 'cat'], '1 cat'],
      [[3, 'cat'], '3 cats'],
    ],
    1.3,
  ),
  f(
    '{pluralize|plural|chooseForm|singularOrPlural}',
    'k; singular,one,noun,word: string; plural,many,other,more: string',
    'string',
    [
      '%R {the singular|$1} {for one|when the count is 1|if $0 is 1} and {the plural|$2} {otherwise|for any other count|else}',
      '{Chooses|Picks} between {the singular and the plural|$1 and $2} by {a count|$0}',
    ],
    ['return $0 === 1 ? $1 : $2;'],
    [
      [[1, 'cat', 'cats'], 'cat'],
      [[3, 'cat', 'cats'], 'cats'],
    ],
    0.9,
  ),
  f(
    '{ordinal|ordinalOf|toOrdinal|withOrdinalSuffix|ordinalSuffix}',
    'n',
    'string',
    [
      "%R {the number|$0} with its {English |}ordinal {ending|suffix}{, such as 1st, 2nd, 3rd or 4th|, such as '1st' or '12th'|: 1st, 2nd, 3rd, 4th}",
      "%conv {the number|$0} {to|into} an ordinal {such as|like} '2nd'",
    ],
    [
      'const @rest = $0 % 100;\nif (@rest >= 11 && @rest <= 13) return `${$0}th`;\nif ($0 % 10 === 1) return `${$0}st`;\nif ($0 % 10 === 2) return `${$0}nd`;\nif ($0 % 10 === 3) return `${$0}rd`;\nreturn `${$0}th`;',
      "const @suffixes = ['th', 'st', 'nd', 'rd'];\nconst @rest = $0 % 100;\nreturn $0 + (@suffixes[(@rest - 20) % 10] ?? @suffixes[@rest] ?? @suffixes[0]);",
    ],
    [
      [[1], '1st'],
      [[12], '12th'],
      [[22], '22nd'],
      [[3], '3rd'],
      [[4], '4th'],
    ],
    1.2,
  ),
  f(
    '{caesar|shiftLetters|caesarCipher|rotateLetters}',
    's; shift,by,k,n,offset: number',
    'string',
    ['{Shifts|Moves} {every|each} lower-case letter by $1 places in the alphabet{, wrapping around|}'],
    ['return $0.replace(/[a-z]/g, (@c) => String.fromCharCode(((@c.charCodeAt(0) - 97 + $1) % 26) + 97));'],
    [[['abz', 1], 'bca']],
    0.7,
  ),
  f(
    '{escapeHtml|htmlEscape|encodeHtml|escapeXml}',
    's',
    'string',
    [
      '{Escapes|Replaces} {the characters |}&, < and >{ for HTML| with HTML entities|}',
      'Escapes {a|the} text {for use in|for} HTML',
    ],
    [
      "return $0.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');",
      "return $0.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');",
    ],
    [[['a<b&c>'], 'a&lt;b&amp;c&gt;']],
    0.9,
  ),
  f(
    '{stripTags|removeTags|stripHtml|removeHtml}',
    's',
    'string',
    ['{Removes|Strips} {all |the |}{HTML |}tags {from|in} {the text|$0}'],
    ["return $0.replace(/<[^>]*>/g, '');"],
    [[['<b>a</b>c'], 'ac']],
    0.8,
  ),
  f(
    '{indent|indentLines|indentText}',
    's; k',
    'string',
    ['Indents {every|each} line {of $0 |}{by|with} $1 spaces'],
    [
      "return $0\n  .split('\\n')\n  .map((@line) => ' '.repeat($1) + @line)\n  .join('\\n');",
      "const @prefix = ' '.repeat($1);\nreturn $0.split('\\n').map((@line) => @prefix + @line).join('\\n');",
    ],
    [[['a\nb', 2], '  a\n  b']],
    0.8,
  ),
  f(
    '{doubleChars|doubleLetters|stutter|repeatLetters}',
    's',
    'string',
    ['{Doubles|Repeats} {every|each} {letter|character}{ of the text|}'],
    ["return [...$0].map((@c) => @c + @c).join('');", "return $0.split('').map((@c) => @c + @c).join('');"],
    [[['abc'], 'aabbcc']],
    0.6,
  ),
  f(
    '{uniqueChars|removeDuplicateLetters|dedupeChars|distinctLetters|uniqueLetters}',
    's',
    'string',
    [
      '{Removes|Drops} {repeated|duplicate} {letters|characters}{, keeping the first of each|}',
      '%R the {distinct|different|unique} {letters|characters} of {the text|$0}{ in order|}',
    ],
    ["return [...new Set($0)].join('');"],
    [[['banana'], 'ban']],
    0.8,
  ),
  f(
    '{sortLetters|sortChars|alphabetize|sortString}',
    's',
    'string',
    [
      '{Sorts|Orders} the {letters|characters} of {the text|$0}{ alphabetically|}',
      '%R the {letters|characters} of {the text|$0} in {alphabetical|sorted} order',
    ],
    ["return [...$0].sort().join('');", "return $0.split('').sort().join('');"],
    [[['cab'], 'abc']],
    0.9,
  ),
  f(
    '{removeFirst|dropFirst|withoutFirst|tail}{Char|Letter|Character|Char}',
    's',
    'string',
    ['%R {the text|$0} without its first {letter|character}'],
    ['return $0.slice(1);'],
    [[['cab'], 'ab']],
    0.5,
  ),
  f(
    '{removeLast|dropLast|withoutLast|chop}{Char|Letter|Character|Char}',
    's',
    'string',
    ['%R {the text|$0} without its last {letter|character}'],
    ['return $0.slice(0, -1);'],
    [[['cab'], 'ca']],
    0.5,
  ),
  f(
    '{compress|runLength|encode|rle|runLengthEncode}{|Text|}',
    's',
    'string',
    [
      "{Writes|Replaces} {every|each} run of {equal|the same} {letters|characters} as {the letter|the character} and {its|the} {count|length}{, such as 'a3b1'|}",
      "Run-length encodes {a|the} {string|text}{, such as 'aab' to 'a2b1'|}",
    ],
    [
      "let @r = '';\nlet @i = 0;\nwhile (@i < $0.length) {\n  let @j = @i;\n  while ($0[@j] === $0[@i]) @j++;\n  @r += $0[@i] + String(@j - @i);\n  @i = @j;\n}\nreturn @r;",
      'return $0.replace(/(.)\\1*/g, (@run) => `${@run[0]}${@run.length}`);',
    ],
    [
      [['aaab'], 'a3b1'],
      [[''], ''],
    ],
    0.9,
  ),
  f(
    '{decompress|runLengthDecode|expand|decode}{|Text|}',
    's',
    'string',
    ["{Expands|Decodes} {a run-length encoded text|runs}{, such as 'a3b1' to 'aaab'|}"],
    ['return $0.replace(/(\\D)(\\d+)/g, (_, @c, @k) => @c.repeat(Number(@k)));'],
    [[['a3b1'], 'aaab']],
    0.5,
  ),
];
