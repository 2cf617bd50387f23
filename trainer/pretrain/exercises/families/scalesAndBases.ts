import { type Family, family as f } from '../family.ts';

/** Interpolation, shares of a whole, and numbers in other bases. */
export const scalesAndBases: readonly Family[] = [
  f(
    'lerp interpolate mix blend linearInterpolation',
    'na; nb; t,ratio,amount,fraction,weight: number',
    'number',
    [
      '{Interpolates|Blends} {linearly |}between $0 and $1{ by $2|, where $2 is between 0 and 1|}',
      '%R the {value|point} {between|that lies between} $0 and $1 at the {share|fraction} $2',
    ],
    ['return $0 + ($1 - $0) * $2;', 'return $0 * (1 - $2) + $1 * $2;'],
    [
      [[0, 10, 0.5], 5],
      [[2, 4, 0], 2],
    ],
  ),
  f(
    'normalize {inverseLerp|unlerp|toFraction|normalizeValue|rescale|progress|fractionOf}',
    'n; lo; hi',
    'number',
    [
      '{Scales|Maps} $0 from the range $1 to $2 {on|in|}to 0 to 1',
      '%R {how far|where} $0 lies between $1 and $2{ as a fraction|, from 0 to 1}',
    ],
    ['return ($0 - $1) / ($2 - $1);'],
    [[[5, 0, 10], 0.5]],
    0.8,
  ),
  f(
    'mapRange scaleValue remap',
    'n; inMin,fromLow,a1: number; inMax,fromHigh,a2: number; outMin,toLow,b1: number; outMax,toHigh,b2: number',
    'number',
    [
      '{Maps|Converts|Scales} $0 from the range {between |}$1 {and|to} $2 to the range {between |}$3 {and|to} $4',
    ],
    ['return $3 + (($0 - $1) * ($4 - $3)) / ($2 - $1);'],
    [[[5, 0, 10, 0, 100], 50]],
    0.6,
  ),
  f(
    'toPercent percentage percent percentOf asPercent percentageOf',
    'part,value,n,amount: number; total,whole,all,sum: number',
    'number',
    [
      '%R {what percentage|how many percent} $0 is of $1',
      '%R $0 as a percentage of $1{, or 0 when $1 is 0|}',
    ],
    ['return $1 === 0 ? 0 : ($0 / $1) * 100;', 'if ($1 === 0) return 0;\nreturn ($0 / $1) * 100;'],
    [
      [[1, 4], 25],
      [[1, 0], 0],
    ],
  ),
  f(
    'percentChange changeInPercent growth growthRate',
    'before,old,from,previous: number; after,current,to,next: number',
    'number',
    ['%R the {change|growth} from $0 to $1 in percent'],
    ['return (($1 - $0) / $0) * 100;'],
    [[[50, 75], 50]],
    0.7,
  ),
  f(
    'hypotenuse hypot longSide',
    'na; nb',
    'number',
    ['%R the {length of the |}hypotenuse of a right triangle{ with the sides $0 and $1| from its two legs|}'],
    [
      'return Math.sqrt($0 * $0 + $1 * $1);',
      'return Math.hypot($0, $1);',
      'return Math.sqrt($0 ** 2 + $1 ** 2);',
    ],
    [[[3, 4], 5]],
  ),
  f(
    'isInteger isWhole isWholeNumber',
    'n',
    'boolean',
    ['%W {the number|$0} is {an integer|a whole number}'],
    ['return Number.isInteger($0);', 'return $0 % 1 === 0;'],
    [
      [[3], true],
      [[3.5], false],
    ],
    0.7,
  ),
  f(
    'approximatelyEqual almostEqual nearlyEqual isClose closeTo',
    'na; nb; tolerance,epsilon,eps,delta: number=1e-9',
    'boolean',
    ['%W {two numbers|$0 and $1} {differ by less than|are equal within} {a tolerance|$2}'],
    ['return Math.abs($0 - $1) < $2;', 'return Math.abs($0 - $1) <= $2;'],
    [
      [[1, 1.05, 0.1], true],
      [[1, 2, 0.1], false],
    ],
    0.8,
  ),
  f(
    'toBinary binary toBinaryString binaryString',
    'n',
    'string',
    [
      '%conv {the number|$0|a number} {to|into} {a binary string|binary|base two}',
      '%R the binary {digits|representation|form} of {the number|$0}',
    ],
    ['return $0.toString(2);'],
    [[[5], '101']],
  ),
  f(
    'fromBinary parseBinary binaryToNumber binaryToDecimal',
    's',
    'number',
    [
      '%conv a {binary string|string of binary digits} {to|into} a number',
      'Parses {a|the} binary {number|string}',
    ],
    ['return parseInt($0, 2);', 'return Number.parseInt($0, 2);'],
    [[['101'], 5]],
  ),
  f(
    'toHex hex toHexString numberToHex',
    'n',
    'string',
    [
      '%conv {the number|$0|a number} {to|into} {a hexadecimal string|hexadecimal|hex}',
      '%R the hexadecimal {digits|form} of {the number|$0}',
    ],
    ['return $0.toString(16);'],
    [[[255], 'ff']],
  ),
  f(
    'fromHex parseHex hexToNumber hexToDecimal',
    's',
    'number',
    ['%conv a hexadecimal string {to|into} a number', 'Parses {a|the} hexadecimal {number|string}'],
    ['return parseInt($0, 16);', 'return Number.parseInt($0, 16);'],
    [[['ff'], 255]],
  ),
  f(
    'toBase toRadix inBase convertBase',
    'n; base,radix,b: number',
    'string',
    ['Writes {the number|$0} in base $1', '%R {the number|$0} as a string in base $1'],
    ['return $0.toString($1);'],
    [
      [[5, 2], '101'],
      [[35, 36], 'z'],
    ],
    0.7,
  ),
  f(
    'countBits popCount bitCount {count|}{SetBits|Ones}',
    'n',
    'number',
    ['%C {set bits|ones|one bits} in {the binary form of |}{the number|$0}'],
    [
      "return $0.toString(2).split('1').length - 1;",
      'let @k = 0;\nlet @rest = $0;\nwhile (@rest > 0) {\n  @k += @rest & 1;\n  @rest >>= 1;\n}\nreturn @k;',
    ],
    [
      [[5], 2],
      [[0], 0],
    ],
    0.7,
  ),
  f(
    'fizzBuzz fizz fizzbuzzFor',
    'n',
    'string',
    [
      "%R 'Fizz' for multiples of three, 'Buzz' for multiples of five, 'FizzBuzz' for both and {else |otherwise |}the number{ as text| as a string|}",
    ],
    [
      "if ($0 % 15 === 0) return 'FizzBuzz';\nif ($0 % 3 === 0) return 'Fizz';\nif ($0 % 5 === 0) return 'Buzz';\nreturn String($0);",
    ],
    [
      [[15], 'FizzBuzz'],
      [[9], 'Fizz'],
      [[10], 'Buzz'],
      [[7], '7'],
    ],
    0.8,
  ),
];
