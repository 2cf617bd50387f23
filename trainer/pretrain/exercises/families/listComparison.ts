import { type Family, family as f } from '../family.ts';

/** Questions about lists, and pairs of their elements. */
export const listComparison: readonly Family[] = [
  f(
    '{includes|contains|has|isIn|hasItem}',
    'xs; x',
    'boolean',
    ['%W {the list|$0} {contains|includes|has} $1', '%W $1 is {in|one of} $0'],
    [
      'return $0.includes($1);',
      'return $0.indexOf($1) !== -1;',
      'for (const @item of $0) {\n  if (@item === $1) return true;\n}\nreturn false;',
    ],
    [
      [[[1, 2], 2], true],
      [[[1], 2], false],
    ],
  ),
  f(
    '{containsAll|hasAll|includesAll|isSuperset|hasEvery}',
    'xa; xb',
    'boolean',
    [
      '%W {the list|$0} {contains|includes|has} {all|every one} of {the elements of |}$1',
      '%W {every|each} {element|value} of $1 is in $0',
    ],
    ['return $1.every((@x) => $0.includes(@x));'],
    [
      [
        [
          [1, 2, 3],
          [1, 3],
        ],
        true,
      ],
      [[[1], [2]], false],
    ],
  ),
  f(
    '{containsAny|hasAny|includesAny|overlaps|intersects|haveCommon}',
    'xa; xb',
    'boolean',
    [
      '%W {the lists|$0 and $1|two lists} {have|share} {any element|an element|a common element|anything in common|at least one element}',
      '%W any {element|value} of $1 is in $0',
    ],
    ['return $0.some((@x) => $1.includes(@x));', 'return $1.some((@x) => $0.includes(@x));'],
    [
      [
        [
          [1, 2],
          [2, 3],
        ],
        true,
      ],
      [[[1], [2]], false],
    ],
  ),
  f(
    '{isSubset|subsetOf|isContainedIn|allIn}',
    'xa; xb',
    'boolean',
    ['%W {every|each} {element|value} of $0 is {also |}in $1', '%W $0 is a subset of $1'],
    ['return $0.every((@x) => $1.includes(@x));'],
    [
      [[[1], [1, 2]], true],
      [[[3], [2]], false],
    ],
    0.9,
  ),
  f(
    '{arraysEqual|equalLists|areEqual|sameElements|isEqualArray|listsEqual}',
    'xa; xb',
    'boolean',
    [
      '%W {two lists|two arrays|$0 and $1} {are equal|have the same elements|hold the same elements}{ in the same order|}',
    ],
    [
      'return $0.length === $1.length && $0.every((@x, @i) => @x === $1[@i]);',
      'if ($0.length !== $1.length) return false;\nfor (let @i = 0; @i < $0.length; @i++) {\n  if ($0[@i] !== $1[@i]) return false;\n}\nreturn true;',
    ],
    [
      [
        [
          [1, 2],
          [1, 2],
        ],
        true,
      ],
      [[[1], [1, 2]], false],
      [[[1], [2]], false],
    ],
    1.3,
  ),
  f(
    '{isEmpty|isEmptyList|empty}',
    'xs',
    'boolean',
    ['%W {the list|the array|$0} is empty', '%W {the list|$0} has no {elements|items}'],
    ['return $0.length === 0;'],
    [
      [[[]], true],
      [[[1]], false],
    ],
    0.6,
  ),
  f(
    '{indexOf|findIndex|positionOf|find}{|Item}',
    'xs; x',
    'number',
    ['%R the {index|position} of $1 in {the list|$0}{, or -1|, -1 if it is not there|}'],
    [
      'return $0.indexOf($1);',
      'for (let @i = 0; @i < $0.length; @i++) {\n  if ($0[@i] === $1) return @i;\n}\nreturn -1;',
    ],
    [
      [[[5, 6], 6], 1],
      [[[5], 6], -1],
    ],
    0.8,
  ),
  f(
    '{binarySearch|binaryFind|searchSorted}',
    'ns; target,value,x,n,needle: number',
    'number',
    [
      '%R the {index|position} of $1 in a sorted list{, or -1|, by binary search}',
      'Searches a sorted list for $1{ by halving|}{ and gives its index or -1|, -1 if missing}',
    ],
    [
      'let @low = 0;\nlet @high = $0.length - 1;\nwhile (@low <= @high) {\n  const @middle = Math.floor((@low + @high) / 2);\n  if ($0[@middle] === $1) return @middle;\n  if ($0[@middle] < $1) @low = @middle + 1;\n  else @high = @middle - 1;\n}\nreturn -1;',
    ],
    [
      [[[1, 3, 5, 7], 5], 2],
      [[[1, 3], 2], -1],
    ],
    1,
  ),
  f(
    '{mergeSorted|mergeOrdered|merge}',
    'nsa; nsb',
    'number[]',
    ['{Merges|Joins} two sorted lists into one sorted list'],
    [
      'const @r«: number[]» = [];\nlet @i = 0;\nlet @j = 0;\nwhile (@i < $0.length && @j < $1.length) {\n  if ($0[@i] <= $1[@j]) @r.push($0[@i++]);\n  else @r.push($1[@j++]);\n}\nreturn [...@r, ...$0.slice(@i), ...$1.slice(@j)];',
      'return [...$0, ...$1].sort((@a, @b) => @a - @b);',
    ],
    [
      [
        [
          [1, 4],
          [2, 3],
        ],
        [1, 2, 3, 4],
      ],
    ],
    0.8,
  ),
  f(
    '{pairs|allPairs|combinations|pairsOf}',
    'xs',
    '[T, T][]',
    ['%R all pairs of {different elements|elements}{ of the list|}{, each pair once|}'],
    [
      'const @r«: [T, T][]» = [];\nfor (let @i = 0; @i < $0.length; @i++) {\n  for (let @j = @i + 1; @j < $0.length; @j++) {\n    @r.push([$0[@i], $0[@j]]);\n  }\n}\nreturn @r;',
      'return $0.flatMap((@a, @i) => $0.slice(@i + 1).map((@b)«: [T, T]» => [@a, @b]));',
    ],
    [
      [
        [[1, 2, 3]],
        [
          [1, 2],
          [1, 3],
          [2, 3],
        ],
      ],
    ],
    0.9,
  ),
  f(
    '{adjacentPairs|pairwise|neighbours|consecutivePairs}',
    'xs',
    '[T, T][]',
    ['%R {all|the} pairs of {neighbouring|adjacent|consecutive} {elements|items}'],
    ['return $0.slice(1).map((@x, @i) => [$0[@i], @x]);'],
    [
      [
        [[1, 2, 3]],
        [
          [1, 2],
          [2, 3],
        ],
      ],
    ],
    0.8,
  ),
  f(
    '{windows|slidingWindows|windowed|sliding}',
    'xs; size,n,width,length: number',
    'T[][]',
    ['%R {all|the} {windows|runs} of $1 neighbouring {elements|items}'],
    [
      'const @r«: T[][]» = [];\nfor (let @i = 0; @i + $1 <= $0.length; @i++) {\n  @r.push($0.slice(@i, @i + $1));\n}\nreturn @r;',
    ],
    [
      [
        [[1, 2, 3], 2],
        [
          [1, 2],
          [2, 3],
        ],
      ],
    ],
    0.8,
  ),
  f(
    '{cartesian|product|crossProduct|combinations|allCombinations}',
    'xa; ys,others,right,second,bs: U[]',
    '[T, U][]',
    [
      '%R all pairs of an element of $0 and {one|an element} of $1',
      '%R the {Cartesian|cross} product of {two lists|$0 and $1}',
    ],
    [
      'return $0.flatMap((@a) => $1.map((@b)«: [T, U]» => [@a, @b]));',
      'const @r«: [T, U][]» = [];\nfor (const @a of $0) {\n  for (const @b of $1) {\n    @r.push([@a, @b]);\n  }\n}\nreturn @r;',
    ],
    [
      [
        [[1, 2], ['a']],
        [
          [1, 'a'],
          [2, 'a'],
        ],
      ],
    ],
    0.9,
  ),
  f(
    '{everyNth|takeEvery|nth|everyOther}',
    'xs; k',
    'T[]',
    [
      '%R every $1-th {element|item}{, starting with the first|}',
      'Keeps {only |}every $1-th {element|item}, starting {with|at} the first',
    ],
    ['return $0.filter((_, @i) => @i % $1 === 0);'],
    [
      [
        [[1, 2, 3, 4], 2],
        [1, 3],
      ],
    ],
    0.8,
  ),
  f(
    '{fill|repeat|replicate|filled|times|repeatValue}',
    'x; k',
    'T[]',
    ['%R {a list|an array} {of|with} $1 {copies of|times} $0', 'Repeats $0 $1 times{ in a list|}'],
    [
      'return Array.from({ length: $1 }, () => $0);',
      'return new Array«<T>»($1).fill($0);',
      'return Array($1).fill($0);',
    ],
    [
      [
        ['a', 2],
        ['a', 'a'],
      ],
    ],
    0.9,
  ),
];
