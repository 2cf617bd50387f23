// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bodies are code, template literals included
import { type Family, family as f } from '../family.ts';

/** Reversing, letter case, slugs and shortening. */
export const letterCase: readonly Family[] = [
  f(
    '{reverse|flip|backwards|reversed|mirror}{|String|Text|Letters|Str|Chars}',
    's',
    'string',
    [
      '%R {the text|the string|$0} {backwards|reversed|with its characters in reverse order|in reverse}',
      'Reverses {a|the} {string|text|word}',
      'Reverses the {characters|letters|order of the characters} {of|in} {a|the} {string|text}',
    ],
    [
      "return $0.split('').reverse().join('');",
      "return [...$0].reverse().join('');",
      "let @r = '';\nfor (const @c of $0) {\n  @r = @c + @r;\n}\nreturn @r;",
    ],
    [
      [['abc'], 'cba'],
      [[''], ''],
    ],
    2,
  ),
  f(
    '{reverseWords|flipWords|wordsReversed|reverseWordOrder|reverseSentence}',
    's',
    'string',
    [
      '{Reverses|Turns around} the order of the words{ in a sentence| in $0| in the text|}',
      '%R the words of {the text|the sentence|$0} in reverse order',
    ],
    ["return $0.split(' ').reverse().join(' ');"],
    [[['a b c'], 'c b a']],
    1.3,
  ),
  f(
    '{reverseEachWord|reverseLettersOfWords|flipEachWord|mirrorWords}',
    's',
    'string',
    ['Reverses {every|each} word{, keeping their order| but keeps the order of the words|}'],
    [
      "return $0\n  .split(' ')\n  .map((@w) => [...@w].reverse().join(''))\n  .join(' ');",
      "return $0.split(' ').map((@w) => @w.split('').reverse().join('')).join(' ');",
    ],
    [[['ab cd'], 'ba dc']],
  ),
  f(
    '{capitalize|capitalise|upperFirst|capitalizeFirst|ucFirst|toCapitalized|capitalizeWord|firstToUpper}',
    's',
    'string',
    [
      'Makes the first {letter|character} {of $0 |of the text |of a string |}{upper case|uppercase|a capital}{ and leaves the rest as it is|}',
      '{Capitalizes|Upper-cases} the first {letter|character} of {a|the} {string|word|text}',
      '%R {the text|$0|the word} with its first {letter|character} in upper case',
    ],
    [
      'return $0.charAt(0).toUpperCase() + $0.slice(1);',
      'return $0.charAt(0).toUpperCase() + $0.slice(1);',
      "if ($0 === '') return '';\nreturn $0[0].toUpperCase() + $0.slice(1);",
      "return $0 === '' ? '' : $0[0].toUpperCase() + $0.slice(1);",
      '  return `${$0.charAt(0).toUpperCase()}${$0.slice(1)}`;'.trim(),
    ],
    [
      [['abc'], 'Abc'],
      [[''], ''],
    ],
    2,
  ),
  f(
    '{lowerFirst|uncapitalize|decapitalize|firstToLower}',
    's',
    'string',
    [
      'Makes the first {letter|character} {of $0 |}{lower case|lowercase|small}',
      '%R {the text|$0} with its first letter in lower case',
    ],
    ['return $0.charAt(0).toLowerCase() + $0.slice(1);'],
    [[['Abc'], 'abc']],
    0.7,
  ),
  f(
    '{sentenceCase|toSentenceCase|properCase|capitalizeOnlyFirst|capitalizeName}',
    's',
    'string',
    ['Makes the first letter upper case and {the rest|all others|all the others} lower case'],
    ['return $0.charAt(0).toUpperCase() + $0.slice(1).toLowerCase();'],
    [[['hELLO'], 'Hello']],
  ),
  f(
    '{titleCase|toTitleCase|capitalizeWords|capitalizeAll|upperWords|capitalizeEach|title}',
    's',
    'string',
    [
      '{Capitalizes|Upper-cases} {the first letter of |}{every|each} word{ of $0| in the text| in a sentence|}',
      '%conv {a|the} {string|text} to title case',
      '%R the {text|sentence} with {every|each} word {capitalized|starting with a capital}',
    ],
    [
      "return $0\n  .split(' ')\n  .map((@w) => @w.charAt(0).toUpperCase() + @w.slice(1))\n  .join(' ');",
      "return $0.split(' ').map((@w) => @w.charAt(0).toUpperCase() + @w.slice(1)).join(' ');",
      'return $0.replace(/\\b\\w/g, (@c) => @c.toUpperCase());',
    ],
    [[['ab cd'], 'Ab Cd']],
    1.6,
  ),
  f(
    '{toUpper|upper|shout|uppercase|toUpperCase|loud}',
    's',
    'string',
    [
      '%conv {the text|a string|$0} to upper case',
      '%R {the text|$0} in {upper case|capitals|capital letters}',
    ],
    ['return $0.toUpperCase();'],
    [[['ab'], 'AB']],
    0.8,
  ),
  f(
    '{toLower|lower|lowercase|whisper|toLowerCase|quiet}',
    's',
    'string',
    ['%conv {the text|a string|$0} to lower case', '%R {the text|$0} in {lower case|small letters}'],
    ['return $0.toLowerCase();'],
    [[['AB'], 'ab']],
    0.8,
  ),
  f(
    '{swapCase|toggleCase|invertCase|flipCase}',
    's',
    'string',
    [
      '{Swaps|Exchanges|Inverts} upper and lower case {of every letter|in a string|}',
      'Makes upper-case letters lower case and {the other way round|vice versa}',
    ],
    [
      "return [...$0].map((@c) => (@c === @c.toUpperCase() ? @c.toLowerCase() : @c.toUpperCase())).join('');",
      "let @r = '';\nfor (const @c of $0) {\n  @r += @c === @c.toUpperCase() ? @c.toLowerCase() : @c.toUpperCase();\n}\nreturn @r;",
    ],
    [[['aBc'], 'AbC']],
    0.8,
  ),
  f(
    '{kebabCase|toKebab|toKebabCase|dashCase}',
    's',
    'string',
    [
      '%conv {camel case|a camelCase name|camelCase} {to|into} {kebab case|kebab-case|words with dashes}',
      'Writes a camelCase name in kebab-case',
    ],
    ['return $0.replace(/[A-Z]/g, (@c) => `-${@c.toLowerCase()}`);'],
    [[['fooBarBaz'], 'foo-bar-baz']],
  ),
  f(
    '{snakeCase|toSnake|toSnakeCase|underscore|camelToSnake}',
    's',
    'string',
    [
      '%conv {camel case|a camelCase name|camelCase} {to|into} {snake case|snake_case|words with underscores}',
    ],
    ['return $0.replace(/[A-Z]/g, (@c) => `_${@c.toLowerCase()}`);'],
    [[['fooBarBaz'], 'foo_bar_baz']],
  ),
  f(
    '{camelCase|toCamel|toCamelCase|kebabToCamel}',
    's',
    'string',
    ['%conv {kebab case|a kebab-case name|words with dashes|kebab-case} {to|into} {camel case|camelCase}'],
    [
      'return $0.replace(/-(\\w)/g, (_, @c) => @c.toUpperCase());',
      'return $0.replace(/-([a-z])/g, (_, @c«: string») => @c.toUpperCase());',
      "return $0\n  .split('-')\n  .map((@w, @i) => (@i === 0 ? @w : @w.charAt(0).toUpperCase() + @w.slice(1)))\n  .join('');",
    ],
    [[['foo-bar-baz'], 'fooBarBaz']],
  ),
  f(
    '{snakeToCamel|fromSnake|snakeToCamelCase}',
    's',
    'string',
    ['%conv {snake case|a snake_case name} {to|into} {camel case|camelCase}'],
    [
      'return $0.replace(/_(\\w)/g, (_, @c) => @c.toUpperCase());',
      'return $0.replace(/_([a-z])/g, (_, @c«: string») => @c.toUpperCase());',
    ],
    [[['foo_bar_baz'], 'fooBarBaz']],
    0.7,
  ),
  f(
    '{snakeToKebab|underscoresToDashes}',
    's',
    'string',
    ['%conv {snake case to kebab case|underscores {to|into} dashes}'],
    ["return $0.replaceAll('_', '-');", "return $0.replace(/_/g, '-');"],
    [[['foo_bar_baz'], 'foo-bar-baz']],
    0.5,
  ),
  f(
    '{pascalCase|toPascal|toPascalCase}',
    's',
    'string',
    ['%conv {words|kebab case|a kebab-case name} {to|into} {Pascal case|PascalCase}'],
    ["return $0\n  .split('-')\n  .map((@w) => @w.charAt(0).toUpperCase() + @w.slice(1))\n  .join('');"],
    [[['foo-bar'], 'FooBar']],
    0.6,
  ),
  f(
    '{slugify|slug|toSlug|makeSlug|urlSlug}',
    's',
    'string',
    [
      '%conv {a|the} {title|text|string} {to|into} {a URL slug|a slug}{: lower case, words joined by dashes|, in lower case with dashes for spaces|}',
      'Makes a {slug|URL-friendly name} {of|from} {a|the} {text|title}: lower case with dashes {between the words|for spaces}',
    ],
    [
      "return $0.toLowerCase().trim().replace(/\\s+/g, '-');",
      "return $0.trim().toLowerCase().split(/\\s+/).join('-');",
    ],
    [[[' Hello big World '], 'hello-big-world']],
    1.2,
  ),
  f(
    '{slugify|slug|toSlug|cleanSlug}',
    's',
    'string',
    [
      'Makes a slug: lower case, with a dash for every run of other characters than letters and digits{, and none at the ends|}',
      '%conv a title to a slug of lower-case letters, digits and {single |}dashes',
    ],
    [
      "return $0\n  .toLowerCase()\n  .replace(/[^a-z0-9]+/g, '-')\n  .replace(/^-+|-+$/g, '');",
      "return $0.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');",
    ],
    [[[' Hello, big World! '], 'hello-big-world']],
    1.2,
  ),
  f(
    '{truncate|shorten|ellipsis|cut|clip|abbreviate|limitText}{|Text|String|To|}',
    's; len',
    'string',
    [
      "{Cuts|Shortens|Truncates} {the text|the string|$0|a text} to $1 characters{, | and }{adding|appending|with|followed by} {an ellipsis|'...'|three dots} {if it was longer|when it is longer|if it was cut|where it was cut}",
      "Shortens a {text|string} that is longer than $1 and {adds|appends} {'...'|three dots}",
    ],
    [
      'return $0.length > $1 ? `${$0.slice(0, $1)}...` : $0;',
      'if ($0.length <= $1) return $0;\nreturn `${$0.slice(0, $1)}...`;',
      "if ($0.length <= $1) return $0;\nreturn $0.slice(0, $1) + '...';",
      "return $0.length <= $1 ? $0 : $0.slice(0, $1) + '...';",
    ],
    [
      [['abcdef', 3], 'abc...'],
      [['ab', 3], 'ab'],
    ],
    1.5,
  ),
  f(
    '{truncate|shorten|ellipsize|clip|fitText}{|Text|}',
    's; len',
    'string',
    [
      '{Cuts|Shortens|Truncates} {the text|$0} to {at most |}$1 characters{, the ellipsis included|, including the ellipsis| in all, ending in an ellipsis if cut}',
    ],
    [
      'if ($0.length <= $1) return $0;\nreturn `${$0.slice(0, $1 - 1)}…`;',
      'return $0.length <= $1 ? $0 : `${$0.slice(0, $1 - 1)}…`;',
    ],
    [
      [['abcdef', 4], 'abc…'],
      [['ab', 3], 'ab'],
    ],
    1,
  ),
  f(
    '{truncate|shorten|clip}{|Text|}',
    's; len',
    'string',
    [
      "{Cuts|Shortens|Truncates} {the text|$0} to {at most |}$1 characters{, the three dots included|, dots included| in all, ending in '...' if cut}",
    ],
    [
      'if ($0.length <= $1) return $0;\nreturn `${$0.slice(0, $1 - 3)}...`;',
      "return $0.length <= $1 ? $0 : $0.slice(0, $1 - 3) + '...';",
    ],
    [
      [['abcdef', 5], 'ab...'],
      [['ab', 3], 'ab'],
    ],
    0.7,
  ),
];
