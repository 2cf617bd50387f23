import { type Family, family as f } from '../family.ts';

/** Ranges of numbers, and means other than the plain one. */
export const rangesAndMeans: readonly Family[] = [
  f(
    'range makeRange numbersFrom sequence rangeOf',
    'from; to',
    'number[]',
    [
      '%R the {whole numbers|integers|numbers} from $0 {up |}to $1{, excluding $1|, not including $1| (exclusive)|, without $1}',
      '%M {a list|an array} of the {numbers|integers} from $0 up to but not including $1',
    ],
    [
      'return Array.from({ length: $1 - $0 }, (_, @i) => $0 + @i);',
      'const @r«: number[]» = [];\nfor (let @i = $0; @i < $1; @i++) {\n  @r.push(@i);\n}\nreturn @r;',
    ],
    [
      [
        [2, 5],
        [2, 3, 4],
      ],
    ],
    1.5,
  ),
  f(
    '{inclusiveRange|rangeInclusive|numbersBetween|rangeTo|range|fromTo|sequence}',
    'from; to',
    'number[]',
    [
      '%R {all |the }{whole numbers|integers|numbers} from $0 to $1{, both included|, inclusive|, including both ends| inclusive}',
    ],
    [
      'return Array.from({ length: $1 - $0 + 1 }, (_, @i) => $0 + @i);',
      'const @r«: number[]» = [];\nfor (let @i = $0; @i <= $1; @i++) {\n  @r.push(@i);\n}\nreturn @r;',
    ],
    [
      [
        [2, 5],
        [2, 3, 4, 5],
      ],
    ],
    1.5,
  ),
  f(
    'range rangeWithStep steppedRange stepRange rangeBy',
    'from; to; step=1',
    'number[]',
    [
      '%R the numbers from $0 {up |}to {but not including |}$1 in steps of $2',
      '%R numbers from $0 (inclusive) to $1 (exclusive), $2 apart',
    ],
    ['const @r«: number[]» = [];\nfor (let @i = $0; @i < $1; @i += $2) {\n  @r.push(@i);\n}\nreturn @r;'],
    [
      [
        [0, 5, 2],
        [0, 2, 4],
      ],
    ],
    1.2,
  ),
  f(
    '{upTo|firstN|rangeTo|indices|zeroTo|naturals|countTo|times}',
    'k',
    'number[]',
    [
      '%R the {numbers|integers} from 0 to $0 - 1',
      '%R the first $0 {whole numbers|natural numbers|integers}, starting {at|from|with} 0',
    ],
    ['return Array.from({ length: $0 }, (_, @i) => @i);', 'return [...Array($0).keys()];'],
    [[[3], [0, 1, 2]]],
  ),
  f(
    '{oneTo|countUp|numbersTo|firstNumbers|listTo}',
    'k',
    'number[]',
    [
      '%R the {numbers|integers} from 1 to $0',
      '%R the first $0 {numbers|integers}, starting {at|from|with} 1',
    ],
    [
      'return Array.from({ length: $0 }, (_, @i) => @i + 1);',
      'const @r«: number[]» = [];\nfor (let @i = 1; @i <= $0; @i++) {\n  @r.push(@i);\n}\nreturn @r;',
    ],
    [[[3], [1, 2, 3]]],
  ),
  f(
    'countdown countDown countdownFrom downFrom',
    'k',
    'number[]',
    ['%R the numbers from $0 down to {1|one}', 'Counts down from $0 to 1'],
    [
      'return Array.from({ length: $0 }, (_, @i) => $0 - @i);',
      'const @r«: number[]» = [];\nfor (let @i = $0; @i >= 1; @i--) {\n  @r.push(@i);\n}\nreturn @r;',
    ],
    [[[3], [3, 2, 1]]],
    0.8,
  ),
  f(
    '{firstMultiples|multiples|multiplesOf|timesTable}',
    'n; k',
    'number[]',
    ['%R the first $1 multiples of $0', '%R the first $1 {rows|entries} of the times table of $0'],
    ['return Array.from({ length: $1 }, (_, @i) => $0 * (@i + 1));'],
    [
      [
        [3, 3],
        [3, 6, 9],
      ],
    ],
    0.8,
  ),
  f(
    '{weightedAverage|weightedMean}',
    'ns; weights,ws,factors: number[]',
    'number',
    ['%R the {average|mean} of the {numbers|values} weighted by $1'],
    [
      'const @t = $1.reduce((@a, @b) => @a + @b, 0);\nreturn $0.reduce((@acc, @n, @i) => @acc + @n * $1[@i], 0) / @t;',
    ],
    [
      [
        [
          [1, 3],
          [1, 3],
        ],
        2.5,
      ],
    ],
    0.6,
  ),
  f(
    '{geometric|}Mean geometricMean',
    'ns',
    'number',
    ['%R the geometric mean of %all {numbers|values}'],
    ['return $0.reduce((@a, @b) => @a * @b, 1) ** (1 / $0.length);'],
    [[[[4, 9]], 6]],
    0.4,
  ),
  f(
    '{normalize|toShares|proportions|shares|toFractions}',
    'ns',
    'number[]',
    [
      '{Divides|Scales} {every|each} {number|value} by the {sum|total}{, so that they add up to 1|}',
      '%R each {number|value} as a share of the {sum|total}',
    ],
    ['const @t = $0.reduce((@a, @b) => @a + @b, 0);\nreturn $0.map((@n) => @n / @t);'],
    [[[[1, 3]], [0.25, 0.75]]],
    0.7,
  ),
  f(
    '{longestRun|longestStreak|maxRun}',
    'xs',
    'number',
    ['%R the length of the longest run of equal {neighbours|elements|values}'],
    [
      'let @best = 0;\nlet @run = 0;\nfor (let @i = 0; @i < $0.length; @i++) {\n  @run = @i > 0 && $0[@i] === $0[@i - 1] ? @run + 1 : 1;\n  @best = Math.max(@best, @run);\n}\nreturn @best;',
    ],
    [
      [[[1, 1, 2, 2, 2, 1]], 3],
      [[[]], 0],
    ],
    0.6,
  ),
];
