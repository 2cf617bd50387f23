import { type Family, family as f } from '../family.ts';

/** Lists of numbers as series: running values, order, vectors, pairs with a sum. */
export const series: readonly Family[] = [
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
];
