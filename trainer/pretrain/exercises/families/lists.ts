import { type Family, family as f } from '../family.ts';

/** Lists of numbers: totals, extremes, running values. */
export const lists: readonly Family[] = [
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
  f(
    '{cumulative|running|prefix}{Sum|Sums|Total|Totals} accumulate partialSums',
    'ns',
    'number[]',
    [
      '%R the {running|cumulative} {sums|totals|sum|total} of %all {numbers|values}',
      '{Makes|Returns} a list where each {element|value} is the sum of all {values|numbers} up to {it|that place}',
      '%R the sum so far for {every|each} {number|element}{%inL|}',
    ],
    [
      'let @t = 0;\nreturn $0.map((@n) => (@t += @n));',
      'const @r«: number[]» = [];\nlet @t = 0;\nfor (const @n of $0) {\n  @t += @n;\n  @r.push(@t);\n}\nreturn @r;',
    ],
    [
      [[[1, 2, 3]], [1, 3, 6]],
      [[[]], []],
    ],
    1.5,
  ),
  f(
    '{running|cumulative}Max{|ima|imum}',
    'ns',
    'number[]',
    [
      '%R the largest {number|value} so far for {every|each} {number|element}{%inL|}',
      '%R the running maximum of the {list|numbers}',
    ],
    ['let @best = -Infinity;\nreturn $0.map((@n) => (@best = Math.max(@best, @n)));'],
    [[[[1, 3, 2]], [1, 3, 3]]],
    0.6,
  ),
  f(
    '{differences|deltas|diffs|changes|steps|consecutiveDifferences|diff}',
    'ns',
    'number[]',
    [
      '%R the differences between {neighbours|consecutive numbers|neighbouring values|successive values}',
      '%R {how much|by how much} each {number|value} differs from the one before{ it|}',
    ],
    [
      'return $0.slice(1).map((@n, @i) => @n - $0[@i]);',
      'const @r«: number[]» = [];\nfor (let @i = 1; @i < $0.length; @i++) {\n  @r.push($0[@i] - $0[@i - 1]);\n}\nreturn @r;',
    ],
    [
      [[[1, 4, 9]], [3, 5]],
      [[[1]], []],
    ],
  ),
  f(
    '{moving|rolling}{Average|Mean|Averages} slidingAverage',
    'ns; size,window,width,n,k: number',
    'number[]',
    ['%R the {moving|rolling} averages {of $1 neighbouring values|over $1 values|with a window of $1}'],
    [
      'const @r«: number[]» = [];\nfor (let @i = 0; @i + $1 <= $0.length; @i++) {\n  const @window = $0.slice(@i, @i + $1);\n  @r.push(@window.reduce((@a, @b) => @a + @b, 0) / $1);\n}\nreturn @r;',
    ],
    [
      [
        [[1, 3, 5], 2],
        [2, 4],
      ],
    ],
    0.7,
  ),
  f(
    'variance {populationVariance|varianceOf}',
    'ns',
    'number',
    [
      '%R the {population |}variance of %all {numbers|values}',
      '%R the mean squared {deviation|distance} from the mean',
    ],
    [
      'const @mean = $0.reduce((@a, @b) => @a + @b, 0) / $0.length;\nreturn $0.reduce((@t, @n) => @t + (@n - @mean) ** 2, 0) / $0.length;',
    ],
    [[[[1, 3]], 1]],
    0.8,
  ),
  f(
    'standardDeviation stdDev std deviation',
    'ns',
    'number',
    ['%R the {population |}standard deviation of %all {numbers|values}'],
    [
      'const @mean = $0.reduce((@a, @b) => @a + @b, 0) / $0.length;\nconst @variance = $0.reduce((@t, @n) => @t + (@n - @mean) ** 2, 0) / $0.length;\nreturn Math.sqrt(@variance);',
    ],
    [[[[1, 3]], 1]],
    0.8,
  ),
  f(
    '{sort|order|sorted}{Ascending|Numbers|Up|Asc|Values} {sort|sorted}Numbers',
    'ns',
    'number[]',
    [
      '%R the {numbers|values} {sorted|in order} from {smallest to largest|low to high|small to large}%copy',
      'Sorts the {numbers|values} in ascending order%copy',
      '%R a sorted copy of %all {numbers|values}',
    ],
    [
      'return [...$0].sort((@a, @b) => @a - @b);',
      'return [...$0].sort((@a, @b) => @a - @b);',
      'return $0.slice().sort((@a, @b) => @a - @b);',
      'return $0.toSorted((@a, @b) => @a - @b);',
    ],
    [[[[10, 9, 1]], [1, 9, 10]]],
    1.5,
  ),
  f(
    '{sort|order|sorted}{Descending|Down|Desc|HighToLow|Reverse}',
    'ns',
    'number[]',
    [
      '%R the {numbers|values} {sorted|in order} from {largest to smallest|high to low|large to small}%copy',
      'Sorts the {numbers|values} in descending order%copy',
    ],
    ['return [...$0].sort((@a, @b) => @b - @a);', 'return $0.slice().sort((@a, @b) => @b - @a);'],
    [[[[1, 10, 9]], [10, 9, 1]]],
    1.2,
  ),
  f(
    'isSorted {isAscending|sorted|inOrder|isIncreasing|areSorted}',
    'ns',
    'boolean',
    [
      '%W {the numbers|the list|the values} {are|is} sorted {in ascending order|from small to large|}',
      '%W every {number|value} is at least as large as the one before{ it|}',
      '%W no {number|value} is smaller than the one before{ it|}',
    ],
    [
      'return $0.every((@n, @i) => @i === 0 || $0[@i - 1] <= @n);',
      'for (let @i = 1; @i < $0.length; @i++) {\n  if ($0[@i - 1] > $0[@i]) return false;\n}\nreturn true;',
    ],
    [
      [[[1, 2, 2]], true],
      [[[2, 1]], false],
      [[[]], true],
    ],
    1.2,
  ),
  f(
    '{addTo|increaseAll|addToAll|addToEach|shift|increase|offsetAll}',
    'ns; amount,n,delta,offset,by: number',
    'number[]',
    [
      'Adds $1 to {every|each} {number|value|element}%inL',
      '{Increases|Raises} {every|each} {number|value} by $1',
    ],
    ['return $0.map((@n) => @n + $1);'],
    [
      [
        [[1, 2], 3],
        [4, 5],
      ],
    ],
  ),
  f(
    '{multiplyBy|scale|scaleAll|multiplyEach|timesEach|scaleBy|multiplyAll}',
    'ns; factor,by,n,times,scale: number',
    'number[]',
    [
      'Multiplies {every|each} {number|value|element} {in $0 |}by $1',
      'Scales {all|the} {numbers|values} by $1',
    ],
    ['return $0.map((@n) => @n * $1);'],
    [
      [
        [[1, 2], 3],
        [3, 6],
      ],
    ],
  ),
  f(
    '{clampAll|clampValues|limitAll|limitEach|clampEach}',
    'ns; lo; hi',
    'number[]',
    ['{Limits|Clamps} {every|each} {number|value} to the range {between|from} $1 {and|to} $2'],
    ['return $0.map((@n) => Math.min(Math.max(@n, $1), $2));'],
    [
      [
        [[0, 5, 9], 1, 6],
        [1, 5, 6],
      ],
    ],
    0.7,
  ),
  f(
    '{numbersBetween|filterRange|within|inRange|keepBetween|valuesInRange}',
    'ns; lo; hi',
    'number[]',
    ['{Keeps|Returns} {only |}the {numbers|values} {between|from} $1 {and|to} $2{, both included|}'],
    ['return $0.filter((@n) => @n >= $1 && @n <= $2);'],
    [[[[0, 5, 9], 1, 6], [5]]],
  ),
  f(
    '{count|number}{InRange|Between|Within}',
    'ns; lo; hi',
    'number',
    ['%C {numbers|values} {between|from} $1 {and|to} $2{, both included|}'],
    [
      'return $0.filter((@n) => @n >= $1 && @n <= $2).length;',
      'let @k = 0;\nfor (const @n of $0) {\n  if (@n >= $1 && @n <= $2) @k++;\n}\nreturn @k;',
    ],
    [[[[0, 5, 9], 1, 6], 1]],
    0.8,
  ),
  f(
    'dotProduct dot scalarProduct innerProduct',
    'nsa; nsb',
    'number',
    ['%R the {dot|scalar|inner} product of {two vectors|two lists|$0 and $1}'],
    [
      'return $0.reduce((@t, @n, @i) => @t + @n * $1[@i], 0);',
      'let @t = 0;\nfor (let @i = 0; @i < $0.length; @i++) {\n  @t += $0[@i] * $1[@i];\n}\nreturn @t;',
    ],
    [
      [
        [
          [1, 2],
          [3, 4],
        ],
        11,
      ],
    ],
  ),
  f(
    'addVectors addLists sumPairs addElements {vectorSum|addArrays}',
    'nsa; nsb',
    'number[]',
    ['Adds {two vectors|two lists|two arrays|$0 and $1} {element by element|pairwise|elementwise}'],
    ['return $0.map((@n, @i) => @n + $1[@i]);'],
    [
      [
        [
          [1, 2],
          [3, 4],
        ],
        [4, 6],
      ],
    ],
  ),
  f(
    '{closest|nearest|closestTo|nearestTo}{|Number|Value}',
    'ns; target,value,n,goal,x: number',
    'number',
    ['%R the {number|value} {that is|in the list} {closest|nearest} to $1'],
    [
      'return $0.reduce((@a, @b) => (Math.abs(@b - $1) < Math.abs(@a - $1) ? @b : @a));',
      'let @best = $0[0];\nfor (const @n of $0) {\n  if (Math.abs(@n - $1) < Math.abs(@best - $1)) @best = @n;\n}\nreturn @best;',
    ],
    [[[[1, 5, 9], 6], 5]],
  ),
  f(
    '{hasPairWithSum|hasPair|pairExists|twoSumExists}',
    'ns; target,sum,goal,total: number',
    'boolean',
    ['%W {two|any two} {different elements|of the numbers|numbers in the list} {add up|sum} to $1'],
    [
      'const @seen = new Set«<number>»();\nfor (const @n of $0) {\n  if (@seen.has($1 - @n)) return true;\n  @seen.add(@n);\n}\nreturn false;',
    ],
    [
      [[[1, 5, 9], 6], true],
      [[[3], 6], false],
    ],
    0.7,
  ),
  f(
    'twoSum findPair pairWithSum indicesOfSum',
    'ns; target,sum,goal: number',
    '[number, number] | undefined',
    ['%R the {indices|positions} of two numbers that add up to $1{, or undefined|}'],
    [
      'for (let @i = 0; @i < $0.length; @i++) {\n  for (let @j = @i + 1; @j < $0.length; @j++) {\n    if ($0[@i] + $0[@j] === $1) return [@i, @j];\n  }\n}\nreturn undefined;',
    ],
    [
      [
        [[1, 5, 9], 14],
        [1, 2],
      ],
      [[[1], 4], undefined],
    ],
    0.7,
  ),
  f(
    '{missingNumber|findMissing|missing}',
    'ns',
    'number',
    ['%R the {one |}number from 1 to n + 1 that is missing {in|from} the list{ of n numbers|}'],
    ['const @n = $0.length + 1;\nreturn (@n * (@n + 1)) / 2 - $0.reduce((@a, @b) => @a + @b, 0);'],
    [[[[1, 2, 4]], 3]],
    0.5,
  ),
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
