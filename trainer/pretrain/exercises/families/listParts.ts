import { type Family, family as f } from '../family.ts';

/** First and last elements, distinct ones, chunks and zips. */
export const listParts: readonly Family[] = [
  f(
    '{first|head|firstOf|firstItem|getFirst|firstElement}',
    'xs',
    'T | undefined',
    ['%R the first {element|item}%inL{, or undefined {if it is empty|for an empty list}|}'],
    ['return $0[0];', 'return $0.at(0);'],
    [
      [[[1, 2]], 1],
      [[[]], undefined],
    ],
    0.9,
  ),
  f(
    '{last|lastOf|lastItem|getLast|lastElement|final}',
    'xs',
    'T | undefined',
    ['%R the last {element|item}%inL{, or undefined {if it is empty|for an empty list}|}'],
    ['return $0[$0.length - 1];', 'return $0.at(-1);'],
    [
      [[[1, 2]], 2],
      [[[]], undefined],
    ],
    1.2,
  ),
  f(
    '{take|firstN|takeFirst|head|firstItems|limit}',
    'xs; k',
    'T[]',
    ['%R the first $1 {elements|items}%inL'],
    ['return $0.slice(0, $1);', 'return $0.slice(0, $1);'],
    [
      [
        [[1, 2, 3], 2],
        [1, 2],
      ],
    ],
  ),
  f(
    '{takeLast|lastN|tail|lastItems}',
    'xs; k',
    'T[]',
    ['%R the last $1 {elements|items}%inL'],
    ['return $0.slice(-$1);', 'return $0.slice(Math.max(0, $0.length - $1));'],
    [
      [
        [[1, 2, 3], 2],
        [2, 3],
      ],
    ],
    0.8,
  ),
  f(
    '{drop|skip|dropFirst|without|skipFirst}',
    'xs; k',
    'T[]',
    [
      '%R the {list|array} without its first $1 {elements|items}',
      '{Skips|Drops} the first $1 {elements|items}',
    ],
    ['return $0.slice($1);'],
    [[[[1, 2, 3], 2], [3]]],
    0.8,
  ),
  f(
    '{tail|rest|withoutFirst|allButFirst}',
    'xs',
    'T[]',
    ['%R all {elements|items} but the first{ one|}', '%R the {list|array} without its first {element|item}'],
    ['return $0.slice(1);'],
    [[[[1, 2, 3]], [2, 3]]],
    0.7,
  ),
  f(
    '{initial|withoutLast|allButLast|dropLast|init}',
    'xs',
    'T[]',
    ['%R all {elements|items} but the last{ one|}', '%R the {list|array} without its last {element|item}'],
    ['return $0.slice(0, -1);'],
    [[[[1, 2, 3]], [1, 2]]],
    0.7,
  ),
  f(
    '{unique|uniq|distinct|dedupe|removeDuplicates|withoutDuplicates|uniqueValues|uniqueItems}',
    'xs',
    'T[]',
    [
      '%R the {distinct|different|unique} {elements|values|items}{%inL|}{, in the order of their first {appearance|occurrence}| in order|}',
      '{Removes|Drops} {duplicates|repeated values|repeated elements}{%inL|}{, keeping the first of each| and keeps the order|}',
      '%R {a|the} {list|array} without {duplicates|repeated elements}',
    ],
    [
      'return [...new Set($0)];',
      'return Array.from(new Set($0));',
      'return $0.filter((@x, @i) => $0.indexOf(@x) === @i);',
      'const @r«: T[]» = [];\nfor (const @x of $0) {\n  if (!@r.includes(@x)) @r.push(@x);\n}\nreturn @r;',
    ],
    [[[[1, 2, 1, 3]], [1, 2, 3]]],
    2,
  ),
  f(
    '{uniqueBy|distinctBy|dedupeBy|uniqBy}',
    'xs; by',
    'T[]',
    [
      '%R the {elements|items} whose {key|value of $1} {has not come before|is new}{, keeping the first|}',
      '{Removes|Drops} {elements|items} {with the same|that repeat a} key{, keeping the first of each|}',
    ],
    [
      'const @seen = new Set«<string>»();\nreturn $0.filter((@x) => {\n  const @key = $1(@x);\n  if (@seen.has(@key)) return false;\n  @seen.add(@key);\n  return true;\n});',
    ],
    [
      [
        [['a', 'ab', 'b'], (s: string) => s[0]],
        ['a', 'b'],
      ],
    ],
    1,
  ),
  f(
    '{hasDuplicates|containsDuplicates|hasRepeats|anyRepeated}',
    'xs',
    'boolean',
    [
      '%W {any element|any value|some element} {occurs|appears} {twice|more than once}',
      '%W the {list|array} {has|contains} {duplicates|repeated values}',
    ],
    ['return new Set($0).size !== $0.length;', 'return new Set($0).size < $0.length;'],
    [
      [[[1, 2, 1]], true],
      [[[1]], false],
    ],
    1.2,
  ),
  f(
    '{allUnique|areUnique|isUnique|allDistinct|allDifferent}',
    'xs',
    'boolean',
    [
      '%W {all|the} {elements|values} are {different|distinct|unique}',
      '%W no {element|value} {occurs|appears} {twice|more than once}',
    ],
    ['return new Set($0).size === $0.length;'],
    [
      [[[1, 2, 1]], false],
      [[[1]], true],
    ],
  ),
  f(
    '{duplicates|findDuplicates|repeated|repeatedValues}',
    'xs',
    'T[]',
    [
      '%R the {values|elements} that {occur|appear} more than once{, each once|}',
      '{Finds|Lists} {the |}{duplicates|repeated values}',
    ],
    [
      'return [...new Set($0.filter((@x, @i) => $0.indexOf(@x) !== @i))];',
      'return $0.filter((@x, @i) => $0.indexOf(@x) === @i && $0.lastIndexOf(@x) !== @i);',
    ],
    [[[[1, 2, 1, 1]], [1]]],
  ),
  f(
    '{allEqual|allSame|areAllEqual|isUniform}',
    'xs',
    'boolean',
    ['%W {all|the} {elements|values} are {equal|the same}'],
    ['return $0.every((@x) => @x === $0[0]);', 'return new Set($0).size <= 1;'],
    [
      [[[1, 1]], true],
      [[[1, 2]], false],
      [[[]], true],
    ],
  ),
  f(
    '{chunk|chunks|splitInto|inGroupsOf|batch|splitIntoChunks|partitionBySize|batches}',
    'xs; size,n,length,width,count: number',
    'T[][]',
    [
      'Splits {the list|an array|$0|the items} into {chunks|groups|pieces|parts|lists|batches} of {at most |}$1{ elements| items|}',
      '%R {chunks|groups} of $1 {elements|items}{, the last one may be shorter|}',
    ],
    [
      'const @r«: T[][]» = [];\nfor (let @i = 0; @i < $0.length; @i += $1) {\n  @r.push($0.slice(@i, @i + $1));\n}\nreturn @r;',
      'return Array.from({ length: Math.ceil($0.length / $1) }, (_, @i) => $0.slice(@i * $1, (@i + 1) * $1));',
    ],
    [
      [
        [[1, 2, 3], 2],
        [[1, 2], [3]],
      ],
      [[[], 2], []],
    ],
    1.8,
  ),
  f(
    '{flatten|flat|concatAll|joinAll|flattenOnce|merge|combine}',
    'g',
    'T[]',
    [
      '{Joins|Concatenates|Merges} {the|all} {lists|arrays} into one',
      '{Flattens|Unnests} {a list of lists|nested arrays|one level of nesting|a nested array}{ by one level|}',
      '%R all {elements|items} of the inner lists{ in one list|}',
    ],
    [
      'return $0.flat();',
      'return $0.reduce«<T[]>»((@acc, @x) => @acc.concat(@x), []);',
      'const @r«: T[]» = [];\nfor (const @inner of $0) {\n  @r.push(...@inner);\n}\nreturn @r;',
      'return ([]« as T[]»).concat(...$0);',
    ],
    [[[[[1], [2, 3]]], [1, 2, 3]]],
    1.5,
  ),
  f(
    '{zip|pairUp|zipLists|pairs|combine}',
    'xa; ys,others,right,second,bs: U[]',
    '[T, U][]',
    [
      '{Pairs|Joins} {the elements of|} {two lists|$0 and $1} {by position|element by element|}',
      '%R pairs of the elements {at the same place|at the same position} of {both lists|$0 and $1}{, as long as the shorter|}',
    ],
    [
      'return $0.slice(0, $1.length).map((@x, @i) => [@x, $1[@i]]);',
      'const @r«: [T, U][]» = [];\nfor (let @i = 0; @i < Math.min($0.length, $1.length); @i++) {\n  @r.push([$0[@i], $1[@i]]);\n}\nreturn @r;',
      'const @length = Math.min($0.length, $1.length);\nreturn Array.from({ length: @length }, (_, @i) => [$0[@i], $1[@i]]);',
    ],
    [
      [
        [
          [1, 2],
          ['a', 'b'],
        ],
        [
          [1, 'a'],
          [2, 'b'],
        ],
      ],
    ],
    1.2,
  ),
  f(
    '{zip|pairUp|combinePairs}',
    'nsa; nsb',
    '[number, number][]',
    ['{Pairs|Joins} {two lists|$0 and $1} {by position|element by element}'],
    ['return $0.map((@n, @i) => [@n, $1[@i]]);'],
    [
      [
        [
          [1, 2],
          [3, 4],
        ],
        [
          [1, 3],
          [2, 4],
        ],
      ],
    ],
    0.5,
  ),
  f(
    '{unzip|splitPairs|separatePairs}',
    'pairs,entries,items,list: [T, U][]',
    '[T[], U[]]',
    [
      '{Splits|Takes apart} {a list of pairs|pairs} into {two lists|a list of the first and one of the second parts}',
    ],
    ['return [$0.map(([@a]) => @a), $0.map(([, @b]) => @b)];'],
    [
      [
        [
          [
            [1, 'a'],
            [2, 'b'],
          ],
        ],
        [
          [1, 2],
          ['a', 'b'],
        ],
      ],
    ],
    0.6,
  ),
  f(
    '{interleave|alternate|weave|mix}',
    'xa; xb',
    'T[]',
    [
      '{Takes elements alternately|Alternates elements} from {two lists|$0 and $1}{ of the same length|}',
      'Interleaves {two lists|$0 and $1}',
    ],
    [
      'return $0.flatMap((@x, @i) => [@x, $1[@i]]);',
      'const @r«: T[]» = [];\nfor (let @i = 0; @i < $0.length; @i++) {\n  @r.push($0[@i], $1[@i]);\n}\nreturn @r;',
    ],
    [
      [
        [
          [1, 2],
          [3, 4],
        ],
        [1, 3, 2, 4],
      ],
    ],
    0.8,
  ),
];
