import { type Family, family as f } from '../family.ts';

/** Divisors, primes, sequences and digits. */
export const numberTheory: readonly Family[] = [
  f(
    'gcd greatestCommonDivisor gcf highestCommonFactor commonDivisor',
    'na; nb',
    'number',
    [
      '%R the greatest common {divisor|factor} of {two numbers|two whole numbers|$0 and $1}',
      '%R the {largest|greatest} number that divides both $0 and $1',
    ],
    [
      'return $1 === 0 ? $0 : NAME($1, $0 % $1);',
      'let @x = $0;\nlet @y = $1;\nwhile (@y !== 0) {\n  [@x, @y] = [@y, @x % @y];\n}\nreturn @x;',
      'while ($1 !== 0) {\n  const @rest = $0 % $1;\n  $0 = $1;\n  $1 = @rest;\n}\nreturn $0;',
      'while ($1) {\n  [$0, $1] = [$1, $0 % $1];\n}\nreturn $0;',
    ],
    [
      [[12, 18], 6],
      [[7, 5], 1],
      [[4, 0], 4],
    ],
    1.5,
  ),
  f(
    'lcm leastCommonMultiple smallestCommonMultiple',
    'na; nb',
    'number',
    ['%R the {least|smallest|lowest} common multiple of {two numbers|$0 and $1}'],
    [
      'let @x = $0;\nlet @y = $1;\nwhile (@y !== 0) {\n  [@x, @y] = [@y, @x % @y];\n}\nreturn ($0 * $1) / @x;',
      'let @r = Math.max($0, $1);\nwhile (@r % $0 !== 0 || @r % $1 !== 0) {\n  @r++;\n}\nreturn @r;',
    ],
    [
      [[4, 6], 12],
      [[3, 5], 15],
    ],
  ),
  f(
    'factorial fact factorialOf',
    'n',
    'number',
    [
      '%R the factorial of {the number|$0|a number|n}',
      '%R the product of {all|the} whole numbers from 1 to $0',
    ],
    [
      'return $0 <= 1 ? 1 : $0 * NAME($0 - 1);',
      'let @r = 1;\nfor (let @i = 2; @i <= $0; @i++) {\n  @r *= @i;\n}\nreturn @r;',
      'if ($0 <= 1) return 1;\nreturn $0 * NAME($0 - 1);',
    ],
    [
      [[0], 1],
      [[5], 120],
    ],
    1.5,
  ),
  f(
    'fibonacci fib nthFibonacci fibonacciNumber',
    'n',
    'number',
    [
      '%R the {n-th|nth|$0-th} Fibonacci number{, starting {with|from} 0 and 1|, where the first two are 0 and 1|}',
      '%R the Fibonacci number {at|with} {index|position} $0',
    ],
    [
      'return $0 < 2 ? $0 : NAME($0 - 1) + NAME($0 - 2);',
      'let @a = 0;\nlet @b = 1;\nfor (let @i = 0; @i < $0; @i++) {\n  [@a, @b] = [@b, @a + @b];\n}\nreturn @a;',
      'if ($0 < 2) return $0;\nreturn NAME($0 - 1) + NAME($0 - 2);',
    ],
    [
      [[0], 0],
      [[1], 1],
      [[10], 55],
    ],
    1.5,
  ),
  f(
    'fibonacci{Sequence|List|Numbers} firstFibonacci fibs',
    'k',
    'number[]',
    ['%R the first $0 Fibonacci numbers', '{Lists|Makes a list of} the first $0 Fibonacci numbers'],
    [
      'const @r«: number[]» = [];\nlet @a = 0;\nlet @b = 1;\nfor (let @i = 0; @i < $0; @i++) {\n  @r.push(@a);\n  [@a, @b] = [@b, @a + @b];\n}\nreturn @r;',
    ],
    [[[5], [0, 1, 1, 2, 3]]],
    0.8,
  ),
  f(
    'power pow toPower raise exponentiate',
    'base,b,x,n: number; exponent,exp,power,e: number',
    'number',
    ['Raises $0 to the power {of |}$1', '%R $0 to the power {of |}$1', '%R the $1-th power of $0'],
    [
      'return $0 ** $1;',
      'return Math.pow($0, $1);',
      'let @r = 1;\nfor (let @i = 0; @i < $1; @i++) {\n  @r *= $0;\n}\nreturn @r;',
    ],
    [
      [[2, 10], 1024],
      [[3, 0], 1],
    ],
  ),
  f(
    'isPrime prime isPrimeNumber checkPrime',
    'n',
    'boolean',
    [
      '%W {the number|$0|a number} is {a prime|prime|a prime number}',
      '%W {the number|$0} has no {divisors|factors} but {1|one} and itself',
    ],
    [
      'if ($0 < 2) return false;\nfor (let @i = 2; @i * @i <= $0; @i++) {\n  if ($0 % @i === 0) return false;\n}\nreturn true;',
      'if ($0 < 2) return false;\nfor (let @i = 2; @i <= Math.sqrt($0); @i++) {\n  if ($0 % @i === 0) return false;\n}\nreturn true;',
    ],
    [
      [[1], false],
      [[2], true],
      [[9], false],
      [[13], true],
    ],
    1.8,
  ),
  f(
    'primes{UpTo|To|Below} listPrimes primeNumbers',
    'k',
    'number[]',
    [
      '%R {all|the} prime numbers {up to|not above} $0',
      '{Lists|Finds} {all|the} primes up to {and including |}$0',
    ],
    [
      'const @r«: number[]» = [];\nfor (let @n = 2; @n <= $0; @n++) {\n  if (@r.every((@p) => @n % @p !== 0)) @r.push(@n);\n}\nreturn @r;',
    ],
    [
      [[10], [2, 3, 5, 7]],
      [[1], []],
    ],
    0.8,
  ),
  f(
    '{prime|}Factors factorize primeFactors {get|find}PrimeFactors',
    'n',
    'number[]',
    [
      '%R the prime factors of {the number|$0}{ in ascending order|}',
      'Splits {a number|$0} into its prime factors',
    ],
    [
      'const @r«: number[]» = [];\nlet @rest = $0;\nfor (let @p = 2; @p <= @rest; @p++) {\n  while (@rest % @p === 0) {\n    @r.push(@p);\n    @rest /= @p;\n  }\n}\nreturn @r;',
    ],
    [
      [[12], [2, 2, 3]],
      [[7], [7]],
    ],
    0.8,
  ),
  f(
    'divisors {get|find|list|all}{Divisors|Factors}',
    'n',
    'number[]',
    [
      '%R {all|the} {divisors|factors} of {the number|$0}{ in ascending order|}',
      '{Lists|Finds} {all|every} {numbers that divide|divisors of} $0',
    ],
    [
      'const @r«: number[]» = [];\nfor (let @i = 1; @i <= $0; @i++) {\n  if ($0 % @i === 0) @r.push(@i);\n}\nreturn @r;',
    ],
    [[[6], [1, 2, 3, 6]]],
  ),
  f(
    'isPerfect{|Number} perfectNumber',
    'n',
    'boolean',
    ['%W {the number|$0} is perfect, {that is, |}equal to the sum of its {proper |}divisors'],
    [
      'let @t = 0;\nfor (let @i = 1; @i < $0; @i++) {\n  if ($0 % @i === 0) @t += @i;\n}\nreturn @t === $0 && $0 > 0;',
    ],
    [
      [[6], true],
      [[8], false],
    ],
    0.6,
  ),
  f(
    'isPerfectSquare isSquare perfectSquare',
    'n',
    'boolean',
    ['%W {the number|$0} is {a perfect square|the square of a whole number}'],
    [
      'return Number.isInteger(Math.sqrt($0));',
      'const @root = Math.round(Math.sqrt($0));\nreturn @root * @root === $0;',
    ],
    [
      [[9], true],
      [[8], false],
    ],
  ),
  f(
    'isPowerOfTwo powerOfTwo',
    'n',
    'boolean',
    ['%W {the number|$0} is a power of {two|2}'],
    ['return $0 > 0 && ($0 & ($0 - 1)) === 0;', 'return Number.isInteger(Math.log2($0));'],
    [
      [[8], true],
      [[6], false],
      [[1], true],
    ],
  ),
  f(
    '{sum|add|total}{Digits|OfDigits} digitSum crossSum',
    'n',
    'number',
    [
      '%R the sum of the {decimal |}digits of {the number|$0|a whole number}',
      'Adds up the {decimal |}digits of {the number|$0}',
    ],
    [
      "return String($0)\n  .split('')\n  .reduce((@t, @c) => @t + Number(@c), 0);",
      'let @t = 0;\nlet @rest = $0;\nwhile (@rest > 0) {\n  @t += @rest % 10;\n  @rest = Math.floor(@rest / 10);\n}\nreturn @t;',
      'return [...String($0)].reduce((@t, @c) => @t + Number(@c), 0);',
      'let @t = 0;\nfor (const @c of String($0)) {\n  @t += Number(@c);\n}\nreturn @t;',
    ],
    [
      [[123], 6],
      [[0], 0],
    ],
    1.4,
  ),
  f(
    '{count|number}{Digits|OfDigits} digitCount',
    'n',
    'number',
    ['%C {decimal |}digits of {the number|$0}'],
    ['return String(Math.abs($0)).length;'],
    [
      [[123], 3],
      [[-45], 2],
    ],
  ),
  f(
    'digits digitsOf toDigits getDigits splitDigits',
    'n',
    'number[]',
    [
      '%R the {decimal |}digits of {the number|$0}{ as a list| in order|}',
      'Splits {the number|$0} into its digits',
    ],
    [
      'return [...String($0)].map(Number);',
      "return String($0).split('').map(Number);",
      'return Array.from(String($0), Number);',
    ],
    [[[123], [1, 2, 3]]],
  ),
  f(
    'reverse{Number|Digits|Int|Integer} flipDigits',
    'n',
    'number',
    [
      '{Reverses|Flips} the digits of {the number|$0|a whole number}',
      '%R the number {with|made of} its digits in reverse {order|}',
    ],
    [
      "return Number(String($0).split('').reverse().join(''));",
      "return Number([...String($0)].reverse().join(''));",
    ],
    [
      [[123], 321],
      [[120], 21],
    ],
  ),
  f(
    'collatz{Steps|Length|} {count|}CollatzSteps',
    'n',
    'number',
    ['%C steps {of the Collatz sequence|that the Collatz rule takes} from $0 {down |}to 1'],
    [
      'let @k = 0;\nlet @value = $0;\nwhile (@value !== 1) {\n  @value = @value % 2 === 0 ? @value / 2 : @value * 3 + 1;\n  @k++;\n}\nreturn @k;',
    ],
    [
      [[1], 0],
      [[6], 8],
    ],
    0.7,
  ),
  f(
    'triangular{Number|} triangle nthTriangular sumTo sumUpTo',
    'n',
    'number',
    [
      '%R the sum of {all|the} {whole numbers|integers|numbers} from 1 to $0',
      '%R the {n-th|$0-th} triangular number',
    ],
    [
      'return ($0 * ($0 + 1)) / 2;',
      'let @t = 0;\nfor (let @i = 1; @i <= $0; @i++) {\n  @t += @i;\n}\nreturn @t;',
    ],
    [
      [[4], 10],
      [[0], 0],
    ],
  ),
];
