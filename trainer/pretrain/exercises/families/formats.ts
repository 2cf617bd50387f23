// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bodies are code, template literals included
import { type Family, family as f } from '../family.ts';

/** Colours, addresses, paths, ids and pages. */
export const formats: readonly Family[] = [
  f(
    '{isHexColor|validHexColor|isColor|isHex}',
    'color,value,s,text,input: string',
    'boolean',
    ['%W {the text|$0} is a {hex|hexadecimal} colour{ such as #1a2b3c| like #aabbcc|}'],
    ['return /^#[0-9a-f]{6}$/i.test($0);', 'return /^#[0-9a-fA-F]{6}$/.test($0);'],
    [
      [['#1a2B3c'], true],
      [['red'], false],
    ],
    0.9,
  ),
  f(
    '{rgbToHex|toHexColor|hexColor|colorToHex}',
    'r,red: number; g,green: number; b,blue: number',
    'string',
    [
      '%conv {red, green and blue|an RGB colour|a color|three channels} {to|into} a hex {colour|color|string}{ such as #ff8000|}',
    ],
    [
      "return `#${[$0, $1, $2].map((@n) => @n.toString(16).padStart(2, '0')).join('')}`;",
      "return '#' + [$0, $1, $2].map((@n) => @n.toString(16).padStart(2, '0')).join('');",
    ],
    [[[255, 128, 0], '#ff8000']],
    1.1,
  ),
  f(
    '{hexToRgb|parseHex|parseColor|fromHexColor}',
    'hex,color,value,text: string',
    '[number, number, number]',
    [
      '%conv a hex {colour|color} {such as #ff8000 |}{to|into} {red, green and blue|its channels|three numbers}',
    ],
    [
      'return [parseInt($0.slice(1, 3), 16), parseInt($0.slice(3, 5), 16), parseInt($0.slice(5, 7), 16)];',
      'const @n = parseInt($0.slice(1), 16);\nreturn [@n >> 16, (@n >> 8) & 255, @n & 255];',
    ],
    [[['#ff8000'], [255, 128, 0]]],
    0.9,
  ),
  f(
    '{hexToRgb|parseHex|parseColor}',
    'hex,color,value,text: string',
    '{ r: number; g: number; b: number }',
    [
      '%conv a hex {colour|color} {such as #ff8000 |}{to|into} {red, green and blue|an object of its channels}',
    ],
    [
      'return {\n  r: parseInt($0.slice(1, 3), 16),\n  g: parseInt($0.slice(3, 5), 16),\n  b: parseInt($0.slice(5, 7), 16),\n};',
    ],
    [[['#ff8000'], { r: 255, g: 128, b: 0 }]],
    0.7,
  ),
  f(
    '{isEmail|isValidEmail|validEmail|looksLikeEmail|validateEmail}',
    'email',
    'boolean',
    ['%W {the text|$0} {is|looks like} {an email address|a valid email address|an e-mail address}'],
    [
      'return /^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$/.test($0);',
      'return /^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$/.test($0);',
      'return /^\\S+@\\S+\\.\\S+$/.test($0);',
    ].map((body) => body.replaceAll('@', 'AT')),
    [
      [['a@b.co'], true],
      [['a.b'], false],
    ],
    1.2,
  ),
  f(
    '{isUrl|isHttpUrl|isWebAddress|validUrl}',
    'url',
    'boolean',
    ['%W {the text|$0} {is|starts like} {a web address|an http or https address|a URL}'],
    ['return /^https?:\\/\\//.test($0);', "return $0.startsWith('http://') || $0.startsWith('https://');"],
    [
      [['https://a.b'], true],
      [['a.b'], false],
    ],
    0.9,
  ),
  f(
    '{isStrongPassword|validPassword|isSafePassword|isValidPassword}',
    'password,value,text,input,pw: string',
    'boolean',
    [
      '%W {the password|$0} has at least {eight|8} characters, {a letter|a capital letter} and a digit'.replace(
        '{a letter|a capital letter}',
        'a letter',
      ),
    ],
    [
      'return $0.length >= 8 && /[a-z]/i.test($0) && /\\d/.test($0);',
      'if ($0.length < 8) return false;\nreturn /[a-zA-Z]/.test($0) && /[0-9]/.test($0);',
    ],
    [
      [['abcdefg1'], true],
      [['abc1'], false],
      [['abcdefgh'], false],
    ],
    0.9,
  ),
  f(
    '{isIpAddress|isIpv4|isIp|validIp}',
    'text,address,ip,value,s: string',
    'boolean',
    ['%W {the text|$0} is an IPv4 address{ such as 10.0.0.1|}'],
    [
      "const @parts = $0.split('.');\nreturn @parts.length === 4 && @parts.every((@part) => /^\\d+$/.test(@part) && Number(@part) <= 255);",
    ],
    [
      [['10.0.0.1'], true],
      [['10.0.0'], false],
      [['1.1.1.300'], false],
    ],
    0.8,
  ),
  f(
    '{extension|getExtension|fileExtension|extname|extensionOf}',
    'path',
    'string',
    [
      '%R the {file |}extension{ of a path| of a file name| of $0|}{ with the dot|}'.replace(
        '{ with the dot|}',
        '',
      ),
      "%R {what comes|the part} after the last dot{ of a file name|}{, or {an empty text|nothing|''} if there is none|}",
    ],
    [
      "const @dot = $0.lastIndexOf('.');\nreturn @dot === -1 ? '' : $0.slice(@dot + 1);",
      "const @at = $0.lastIndexOf('.');\nif (@at < 0) return '';\nreturn $0.slice(@at + 1);",
    ],
    [
      [['a/b.ts'], 'ts'],
      [['a'], ''],
    ],
    1.2,
  ),
  f(
    '{basename|fileName|getFileName|baseName|nameOf}',
    'path',
    'string',
    ['%R the {last part|file name} of a path', '%R what comes after the last slash{ of a path|}'],
    [
      "return $0.slice($0.lastIndexOf('/') + 1);",
      "return $0.split('/').pop()«!»;",
      "return $0.split('/').at(-1)«!»;",
    ],
    [
      [['a/b.ts'], 'b.ts'],
      [['a'], 'a'],
    ],
    1.1,
  ),
  f(
    '{dirname|folder|directory|parentFolder|directoryOf}',
    'path',
    'string',
    ['%R the {folder|directory} of a path', '%R {everything|the part} before the last slash{ of a path|}'],
    ["return $0.slice(0, $0.lastIndexOf('/'));", "return $0.split('/').slice(0, -1).join('/');"],
    [[['a/b/c.ts'], 'a/b']],
    0.9,
  ),
  f(
    '{removeExtension|stripExtension|withoutExtension|stem}',
    'path',
    'string',
    [
      '%R the {file name|path} without {its |the }extension',
      '{Removes|Strips|Drops} the extension {of|from} a file name',
    ],
    [
      "return $0.replace(/\\.[^.]+$/, '');",
      "const @dot = $0.lastIndexOf('.');\nreturn @dot === -1 ? $0 : $0.slice(0, @dot);",
    ],
    [
      [['b.ts'], 'b'],
      [['a'], 'a'],
    ],
  ),
  f(
    '{joinPath|joinPaths|pathJoin|buildPath}',
    'parts,segments,pieces,names: string[]',
    'string',
    ['Joins {path parts|the parts|segments} with {single |}slashes{ between them|}'],
    ["return $0.join('/').replace(/\\/+/g, '/');", "return $0.join('/').replaceAll(/\\/{2,}/g, '/');"],
    [[[['a', 'b', '/c']], 'a/b/c']],
    0.9,
  ),
  f(
    '{hostname|domain|getDomain|hostOf|getHost}',
    'url',
    'string',
    ['%R the {host|domain|host name} of a {URL|web address}'],
    ['return new URL($0).hostname;', "return $0.replace(/^https?:\\/\\//, '').split('/')[0]«!»;"],
    [[['https://a.b/c'], 'a.b']],
    0.9,
  ),
  f(
    '{emailDomain|domainOf|getDomain|mailDomain}',
    'email',
    'string',
    ['%R the {domain|part after the AT sign} of an {email|e-mail} address'.replace('AT sign', 'at sign')],
    ["return $0.slice($0.indexOf('AT') + 1);", "return $0.split('AT')[1]«!»;"],
    [[['a@b.co'], 'b.co']],
    0.8,
  ),
  f(
    '{queryParam|getParam|getQueryParam|readParam}',
    'url; key',
    'string | null',
    ['%R the value of a {query parameter|parameter} {of|in} a URL{, or null|}'],
    ['return new URL($0).searchParams.get($1);'],
    [[['https://a.b/?x=1', 'x'], '1']],
    0.7,
  ),
  f(
    '{makeId|slugId|buildKey|compositeKey|makeKey}',
    'prefix,kind,type,name: string; id,n,number,index: number',
    'string',
    [
      '%M an id {of|from} {a prefix and a number|$0 and $1}, {joined by|with} a dash',
      '%R $0 and $1 joined by a dash',
    ],
    ['return `${$0}-${$1}`;'],
    [[['a', 1], 'a-1']],
    0.7,
  ),
  f(
    '{paddedId|padNumber|zeroPad|pad|leadingZeros|formatId}',
    'n; width,length,digits,size: number',
    'string',
    [
      '{Writes|Formats} {a number|the number|$0} with leading zeros{, $1 digits in all| to $1 digits| up to a width of $1|}',
      'Pads {a number|$0} with zeros {to|up to} $1 digits',
    ],
    ["return String($0).padStart($1, '0');", "return $0.toString().padStart($1, '0');"],
    [[[7, 3], '007']],
    1.2,
  ),
  f(
    '{pageCount|numberOfPages|totalPages|countPages}',
    'total,items,count,n: number; size,perPage,pageSize,limit: number',
    'number',
    ['%R {how many pages|the number of pages} {are needed for|for} $0 items {with|at} $1 {a page|per page}'],
    ['return Math.ceil($0 / $1);'],
    [
      [[11, 5], 3],
      [[10, 5], 2],
    ],
    0.9,
  ),
  f(
    '{paginate|page|getPage|pageOf|slicePage}',
    'xs; page,number,n,p: number; size,perPage,pageSize,limit: number',
    'T[]',
    [
      '%R {one page|the page $1} of {the |}{list|items}{, with $2 items a page|}, {counting|where pages count} from {1|one}',
    ],
    [
      'return $0.slice(($1 - 1) * $2, $1 * $2);',
      'const @start = ($1 - 1) * $2;\nreturn $0.slice(@start, @start + $2);',
    ],
    [[[[1, 2, 3], 2, 2], [3]]],
    1,
  ),
];
