import { type Family, family as f } from '../family.ts';

/** Totals and extremes of a list of numbers. */
export const totals: readonly Family[] = [
  f(
    '{sum|total|addAll|sumOf|sumList|sumNumbers|addUp|sumAll|totalOf|getSum|sumArray}',
    'ns',
    'number',
    [
      '%R the {sum|total} of %all {numbers|values|elements|items}%inL',
      '{Adds up|Sums|Adds|Sums up|Totals|Adds together} %all {numbers|values|elements}%inL',
      '%R the sum of {a list|an array} of numbers{, or 0 for an empty {list|array}|}',
      '%R the total of $0',
    ],
    [
      'return $0.reduce((@a, @b) => @a + @b, 0);',
      'return $0.reduce((@t, @n) => @t + @n, 0);',
      'let @t = 0;\nfor (const @n of $0) {\n  @t += @n;\n}\nreturn @t;',
      'let @t = 0;\nfor (let @i = 0; @i < $0.length; @i++) {\n  @t += $0[@i];\n}\nreturn @t;',
    ],
    [
      [[[1, 2, 3]], 6],
      [[[]], 0],
    ],
    3,
  ),
  f(
    '{product|multiplyAll|productOf|multiply|timesAll|getProduct}',
    'ns',
    'number',
    [
      '%R the product of %all {numbers|values|elements}%inL{, or 1 for an empty list|}',
      'Multiplies %all {numbers|values} {together|with each other}',
    ],
    [
      'return $0.reduce((@a, @b) => @a * @b, 1);',
      'let @r = 1;\nfor (const @n of $0) {\n  @r *= @n;\n}\nreturn @r;',
    ],
    [
      [[[2, 3, 4]], 24],
      [[[]], 1],
    ],
    1.5,
  ),
  f(
    '{average|mean|avg|averageOf|meanOf|getAverage|arithmeticMean}',
    'ns',
    'number',
    [
      '%R the {average|mean|arithmetic mean} of %all {numbers|values}%inL{, or 0 for an empty {list|array}|, 0 if {the list|it} is empty| or 0 when there are none}',
      '%R the {average|mean} of $0, or 0 {if|when} {it|the list} is empty',
    ],
    [
      'if ($0.length === 0) return 0;\nreturn $0.reduce((@a, @b) => @a + @b, 0) / $0.length;',
      'return $0.length === 0 ? 0 : $0.reduce((@a, @b) => @a + @b, 0) / $0.length;',
      'let @t = 0;\nfor (const @n of $0) {\n  @t += @n;\n}\nreturn $0.length === 0 ? 0 : @t / $0.length;',
      'if (!$0.length) return 0;\nlet @t = 0;\nfor (const @n of $0) @t += @n;\nreturn @t / $0.length;',
      'const @t = $0.reduce((@a, @b) => @a + @b, 0);\nreturn $0.length > 0 ? @t / $0.length : 0;',
    ],
    [
      [[[1, 2, 6]], 3],
      [[[]], 0],
    ],
    2.5,
  ),
  f(
    'median medianOf middleValue getMedian',
    'ns',
    'number',
    [
      '%R the median of %all {numbers|values}%inL',
      '%R the middle value of {the sorted|a sorted} {list|array}, or the {mean|average} of the two middle {ones|values}',
    ],
    [
      'const @sorted = [...$0].sort((@a, @b) => @a - @b);\nconst @mid = Math.floor(@sorted.length / 2);\nreturn @sorted.length % 2 === 0 ? (@sorted[@mid - 1] + @sorted[@mid]) / 2 : @sorted[@mid];',
      'const @sorted = [...$0].sort((@a, @b) => @a - @b);\nconst @middle = Math.floor(@sorted.length / 2);\nif (@sorted.length % 2 === 1) return @sorted[@middle];\nreturn (@sorted[@middle - 1] + @sorted[@middle]) / 2;',
    ],
    [
      [[[3, 1, 2]], 2],
      [[[4, 1, 3, 2]], 2.5],
    ],
    1.5,
  ),
  f(
    'mode modeOf mostCommonNumber mostFrequentNumber',
    'ns',
    'number',
    [
      '%R the {number|value} that {occurs|appears} most often%inL',
      '%R the most {frequent|common} {number|value}%inL',
    ],
    [
      'const @m = new Map«<number, number>»();\nfor (const @n of $0) @m.set(@n, (@m.get(@n) ?? 0) + 1);\nlet @best = $0[0]«!»;\nfor (const [@v, @k] of @m) {\n  if (@k > @m.get(@best)«!») @best = @v;\n}\nreturn @best;',
    ],
    [[[[1, 2, 2, 3]], 2]],
    0.8,
  ),
  f(
    '{range|spread|span|extent}{Of|}{|Values}',
    'ns',
    'number',
    [
      '%R the {difference|distance} between the {largest|biggest|highest} and the {smallest|lowest} {number|value}{%inL|}',
    ],
    ['return Math.max(...$0) - Math.min(...$0);'],
    [[[[3, 9, 4]], 6]],
  ),
  f(
    '{max|largest|maximum|highest|biggest|maxOf|greatest}{|Value|Number|In|}',
    'ns',
    'number',
    [
      '%R the {largest|biggest|highest|greatest|maximum} {number|value|element}%inL',
      '%R the {maximum|largest|biggest} of $0',
    ],
    [
      'return Math.max(...$0);',
      'return Math.max(...$0);',
      'let @best = $0[0];\nfor (const @n of $0) {\n  if (@n > @best) @best = @n;\n}\nreturn @best;',
      'let @best = -Infinity;\nfor (const @n of $0) {\n  if (@n > @best) @best = @n;\n}\nreturn @best;',
      'return $0.reduce((@a, @b) => (@a > @b ? @a : @b));',
    ],
    [
      [[[3, 9, 4]], 9],
      [[[-3, -1]], -1],
    ],
    2,
  ),
  f(
    '{min|smallest|minimum|lowest|minOf|least}{|Value|Number|In|}',
    'ns',
    'number',
    ['%R the {smallest|lowest|minimum|least} {number|value|element}%inL', '%R the {minimum|smallest} of $0'],
    [
      'return Math.min(...$0);',
      'return Math.min(...$0);',
      'let @best = $0[0];\nfor (const @n of $0) {\n  if (@n < @best) @best = @n;\n}\nreturn @best;',
      'let @best = Infinity;\nfor (const @n of $0) {\n  if (@n < @best) @best = @n;\n}\nreturn @best;',
    ],
    [
      [[[3, 9, 4]], 3],
      [[[-3, -1]], -3],
    ],
    1.5,
  ),
  f(
    '{maxOrUndefined|largestOrUndefined|safeMax|maximum|largest}',
    'ns',
    'number | undefined',
    [
      '%R the {largest|biggest} {number|value}{, or| or} undefined {for an empty list|when the list is empty|if there is none}',
    ],
    [
      'if ($0.length === 0) return undefined;\nreturn Math.max(...$0);',
      'return $0.length === 0 ? undefined : Math.max(...$0);',
    ],
    [
      [[[3, 9, 4]], 9],
      [[[]], undefined],
    ],
  ),
  f(
    '{minOrUndefined|smallestOrUndefined|safeMin|minimum|smallest}',
    'ns',
    'number | undefined',
    [
      '%R the {smallest|lowest} {number|value}{, or| or} undefined {for an empty list|when the list is empty|if there is none}',
    ],
    [
      'if ($0.length === 0) return undefined;\nreturn Math.min(...$0);',
      'return $0.length === 0 ? undefined : Math.min(...$0);',
    ],
    [
      [[[3, 9, 4]], 3],
      [[[]], undefined],
    ],
    0.8,
  ),
  f(
    '{minMax|extent|bounds|minAndMax|limits|extremes}',
    'ns',
    '[number, number]',
    [
      '%R the {smallest and the largest|lowest and the highest|minimum and the maximum} {number|value}%inL{ as a pair|}',
    ],
    ['return [Math.min(...$0), Math.max(...$0)];'],
    [[[[3, 9, 4]], [3, 9]]],
  ),
  f(
    '{minMax|bounds|stats|extremes|limitsOf}',
    'ns',
    '{ min: number; max: number }',
    ['%R the {smallest and the largest|minimum and the maximum} {number|value}%inL'],
    ['return { min: Math.min(...$0), max: Math.max(...$0) };'],
    [[[[3, 9, 4]], { min: 3, max: 9 }]],
    0.7,
  ),
  f(
    '{second|secondTo}{Largest|Highest|Biggest|Max}',
    'ns',
    'number',
    ['%R the second {largest|highest|biggest} {number|value}%inL'],
    [
      'return [...$0].sort((@a, @b) => @b - @a)[1];',
      'const @sorted = [...$0].sort((@a, @b) => @b - @a);\nreturn @sorted[1];',
    ],
    [[[[3, 9, 4]], 4]],
  ),
  f(
    'secondSmallest secondLowest',
    'ns',
    'number',
    ['%R the second {smallest|lowest} {number|value}%inL'],
    ['return [...$0].sort((@a, @b) => @a - @b)[1];'],
    [[[[3, 9, 4]], 4]],
    0.6,
  ),
  f(
    '{top|largest|highest|biggest}{N|K|Values|Few|}',
    'ns; k',
    'number[]',
    [
      '%R the $1 {largest|biggest|highest} {numbers|values}{%inL|}{, {largest|biggest|highest} first|, in descending order|}',
    ],
    ['return [...$0].sort((@a, @b) => @b - @a).slice(0, $1);'],
    [
      [
        [[3, 9, 4], 2],
        [9, 4],
      ],
    ],
  ),
  f(
    '{smallest|lowest|bottom}{N|K|Values|Few}',
    'ns; k',
    'number[]',
    ['%R the $1 {smallest|lowest} {numbers|values}{%inL|}{, smallest first|, in ascending order|}'],
    ['return [...$0].sort((@a, @b) => @a - @b).slice(0, $1);'],
    [
      [
        [[3, 9, 4], 2],
        [3, 4],
      ],
    ],
    0.7,
  ),
  f(
    '{indexOfMax|maxIndex|argMax|indexOfLargest|positionOfMax}',
    'ns',
    'number',
    ['%R the {index|position} of the {largest|biggest|highest|maximum} {number|value}{%inL|}'],
    [
      'return $0.indexOf(Math.max(...$0));',
      'let @best = 0;\nfor (let @i = 1; @i < $0.length; @i++) {\n  if ($0[@i] > $0[@best]) @best = @i;\n}\nreturn @best;',
    ],
    [[[[3, 9, 4]], 1]],
  ),
  f(
    '{indexOfMin|minIndex|argMin|indexOfSmallest|positionOfMin}',
    'ns',
    'number',
    ['%R the {index|position} of the {smallest|lowest|minimum} {number|value}{%inL|}'],
    ['return $0.indexOf(Math.min(...$0));'],
    [[[[3, 1, 4]], 1]],
  ),
];
