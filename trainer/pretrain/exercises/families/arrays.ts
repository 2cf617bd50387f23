import { type Family, family as f } from '../family.ts';

/** Lists of anything. */
export const arrays: readonly Family[] = [
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
  f(
    '{reverse|reversed|flip|backwards|reverseList}',
    'xs',
    'T[]',
    ['%R the {list|array|elements|items} in reverse {order|}%copy', 'Reverses {a|the} {list|array}%copy'],
    ['return [...$0].reverse();', 'return $0.slice().reverse();', 'return $0.toReversed();'],
    [[[[1, 2]], [2, 1]]],
  ),
  f(
    '{rotate|rotateLeft|shiftLeft|cycle|rotated}',
    'xs; k',
    'T[]',
    [
      '{Rotates|Moves|Shifts} the {elements|items|list} {by $1 places|$1 places} to the left',
      '%R the {list|array} rotated {left |to the left |}by $1',
    ],
    [
      'return [...$0.slice($1), ...$0.slice(0, $1)];',
      'return $0.slice($1).concat($0.slice(0, $1));',
      'return $0.map((_, @i) => $0[(@i + $1) % $0.length]);',
    ],
    [
      [
        [[1, 2, 3], 1],
        [2, 3, 1],
      ],
    ],
  ),
  f(
    '{rotateRight|shiftRight}',
    'xs; k',
    'T[]',
    ['{Rotates|Moves|Shifts} the {elements|items|list} {by $1 places|$1 places} to the right'],
    [
      'return [...$0.slice($0.length - $1), ...$0.slice(0, $0.length - $1)];',
      'return $0.slice(-$1).concat($0.slice(0, -$1));',
    ],
    [
      [
        [[1, 2, 3], 1],
        [3, 1, 2],
      ],
    ],
    0.7,
  ),
  f(
    '{compact|withoutEmpty|dropFalsy|removeFalsy|truthy}',
    'values,items,list,xs,input: (T | null | undefined)[]',
    'T[]',
    [
      '{Removes|Drops|Leaves out} {null and undefined|missing values|empty values}{ from the list|}',
      'Keeps only the {elements|values} that are {neither null nor undefined|not null or undefined}',
    ],
    [
      'return $0.filter((@x)« : @x is T» => @x !== null && @x !== undefined);',
      'return $0.filter((@x) => @x != null)« as T[]»;',
    ],
    [[[[1, null, 2, undefined]], [1, 2]]],
  ),
  f(
    '{without|remove|removeAll|exclude|removeValue|omitValue}',
    'xs; x',
    'T[]',
    [
      '%R the {list|array} without {every|any|each} {occurrence of |}$1',
      '{Removes|Drops} {every|all|each} {element|elements} equal to $1',
    ],
    [
      'return $0.filter((@x) => @x !== $1);',
      'const @r«: T[]» = [];\nfor (const @x of $0) {\n  if (@x !== $1) @r.push(@x);\n}\nreturn @r;',
    ],
    [[[[1, 2, 1], 1], [2]]],
  ),
  f(
    '{removeAt|withoutIndex|dropAt|deleteAt}',
    'xs; idx',
    'T[]',
    [
      '%R the {list|array} without the {element|item} at {position |index |}$1%copy',
      '{Removes|Drops} the {element|item} at {position |index |}$1%copy',
    ],
    [
      'return $0.filter((_, @i) => @i !== $1);',
      'return [...$0.slice(0, $1), ...$0.slice($1 + 1)];',
      'const @copy = [...$0];\n@copy.splice($1, 1);\nreturn @copy;',
    ],
    [
      [
        [[1, 2, 3], 1],
        [1, 3],
      ],
    ],
  ),
  f(
    '{insertAt|insert|withInserted|addAt}',
    'xs; idx; x',
    'T[]',
    [
      '%R the {list|array} with $2 {inserted |}at {position |index |}$1%copy',
      'Inserts $2 at {position |index |}$1%copy',
    ],
    [
      'return [...$0.slice(0, $1), $2, ...$0.slice($1)];',
      'const @copy = [...$0];\n@copy.splice($1, 0, $2);\nreturn @copy;',
    ],
    [
      [
        [[1, 3], 1, 2],
        [1, 2, 3],
      ],
    ],
  ),
  f(
    '{replaceAt|setAt|withValue|update|updateAt}',
    'xs; idx; x',
    'T[]',
    [
      '%R the {list|array} with {the element at $1|the item at index $1} replaced by $2%copy',
      'Replaces the {element|item} at {position |index |}$1 {by|with} $2%copy',
    ],
    [
      'return $0.map((@item, @i) => (@i === $1 ? $2 : @item));',
      'const @copy = [...$0];\n@copy[$1] = $2;\nreturn @copy;',
      'return $0.with($1, $2);',
    ],
    [
      [
        [[1, 3], 1, 2],
        [1, 2],
      ],
    ],
    0.8,
  ),
  f(
    '{swap|exchange|swapItems|swapAt}',
    'xs; i,a,from,first: number; j,b,to,second: number',
    'T[]',
    [
      '%R the {list|array} with the {elements|items} at $1 and $2 {swapped|exchanged}%copy',
      '{Swaps|Exchanges} the {elements|items} at {positions |}$1 and $2%copy',
    ],
    ['const @copy = [...$0];\n[@copy[$1], @copy[$2]] = [@copy[$2], @copy[$1]];\nreturn @copy;'],
    [
      [
        [[1, 2, 3], 0, 2],
        [3, 2, 1],
      ],
    ],
    0.8,
  ),
  f(
    '{move|moveItem|arrayMove|reorder}',
    'xs; from; to',
    'T[]',
    ['Moves {the|an} {element|item} from {position |index |}$1 to {position |index |}$2%copy'],
    [
      'const @copy = [...$0];\nconst [@item] = @copy.splice($1, 1);\n@copy.splice($2, 0, @item«!»);\nreturn @copy;',
    ],
    [
      [
        [[1, 2, 3], 0, 2],
        [2, 3, 1],
      ],
    ],
    0.7,
  ),
  f(
    '{intersection|common|shared|inBoth|commonItems|intersect}',
    'xa; xb',
    'T[]',
    [
      '%R the {elements|values|items} that {both lists|two lists|$0 and $1} {have in common|share}',
      '%R the {elements|values} of $0 that are {also |}in $1{ too|}',
      '%R the {elements|values} {that are in both lists|in both $0 and $1}',
    ],
    [
      'return $0.filter((@x) => $1.includes(@x));',
      'const @set = new Set($1);\nreturn $0.filter((@x) => @set.has(@x));',
    ],
    [
      [
        [
          [1, 2, 3],
          [2, 3, 4],
        ],
        [2, 3],
      ],
    ],
    1.4,
  ),
  f(
    '{difference|except|subtract|without|diff|minus|onlyInFirst}',
    'xa; xb',
    'T[]',
    [
      '%R the {elements|values|items} of $0 that are {not|missing} in $1',
      '%R the {elements|values} of the first list that the second {lacks|does not have}',
    ],
    [
      'return $0.filter((@x) => !$1.includes(@x));',
      'const @set = new Set($1);\nreturn $0.filter((@x) => !@set.has(@x));',
    ],
    [
      [
        [
          [1, 2, 3],
          [2, 3, 4],
        ],
        [1],
      ],
    ],
    1.4,
  ),
  f(
    '{union|combine|mergeUnique|unite|either}',
    'xa; xb',
    'T[]',
    [
      '%R the {elements|values|items} of {both lists|$0 and $1|either list} without {duplicates|repetition}',
      '%R the union of {two lists|$0 and $1}{, each value once|}',
    ],
    ['return [...new Set([...$0, ...$1])];'],
    [
      [
        [
          [1, 2],
          [2, 3],
        ],
        [1, 2, 3],
      ],
    ],
    1.2,
  ),
  f(
    '{symmetricDifference|xor|inOneOnly|exclusive}',
    'xa; xb',
    'T[]',
    ['%R the {elements|values} that are in {only one|exactly one} of {two lists|$0 and $1}'],
    ['return [...$0.filter((@x) => !$1.includes(@x)), ...$1.filter((@x) => !$0.includes(@x))];'],
    [
      [
        [
          [1, 2],
          [2, 3],
        ],
        [1, 3],
      ],
    ],
    0.7,
  ),
  f(
    '{concat|append|joinLists|mergeLists|addLists}',
    'xa; xb',
    'T[]',
    [
      '{Joins|Concatenates} {two lists|$0 and $1}',
      '%R the {elements|items} of $0 followed by {those of |}$1',
    ],
    ['return [...$0, ...$1];', 'return $0.concat($1);'],
    [
      [
        [[1], [2]],
        [1, 2],
      ],
    ],
    0.7,
  ),
  f(
    '{append|push|add|withItem}{|To|Item}',
    'xs; x',
    'T[]',
    ['%R the {list|array} with $1 {added at|appended to|at} the end%copy'],
    ['return [...$0, $1];'],
    [
      [
        [[1], 2],
        [1, 2],
      ],
    ],
    0.7,
  ),
  f(
    '{prepend|unshift|addFirst|addToFront}',
    'xs; x',
    'T[]',
    ['%R the {list|array} with $1 {added at|put at|at} the {start|front|beginning}%copy'],
    ['return [$1, ...$0];'],
    [
      [
        [[1], 2],
        [2, 1],
      ],
    ],
    0.7,
  ),
  f(
    '{count|countOf|countValue|occurrences|countEqual}',
    'xs; x',
    'number',
    [
      'Counts how {often|many times} $1 {occurs|appears} in {the list|$0}',
      '%C {elements|items} {equal to|that equal} $1',
    ],
    [
      'return $0.filter((@item) => @item === $1).length;',
      'let @k = 0;\nfor (const @item of $0) {\n  if (@item === $1) @k++;\n}\nreturn @k;',
    ],
    [[[[1, 2, 1], 1], 2]],
  ),
  f(
    '{countBy|tally|countWhere|countMatching|count}',
    'xs; p',
    'number',
    [
      '%C {elements|items} for which $1 {holds|is true|returns true}',
      '%C {elements|items} that {pass|satisfy} $1',
    ],
    [
      'return $0.filter($1).length;',
      'let @k = 0;\nfor (const @x of $0) {\n  if ($1(@x)) @k++;\n}\nreturn @k;',
    ],
    [[[[1, 2, 3], (n: number) => n > 1], 2]],
  ),
  f(
    '{partition|split|separate|splitBy}',
    'xs; p',
    '[T[], T[]]',
    [
      'Splits {the list|$0} into {the |}{elements|items} that {pass|satisfy} $1 and {the rest|those that do not}',
      '%R the {elements|items} that {pass|satisfy} $1 and {then |}{the others|the rest}{ as a pair|}',
    ],
    [
      'const @yes«: T[]» = [];\nconst @no«: T[]» = [];\nfor (const @x of $0) {\n  if ($1(@x)) @yes.push(@x);\n  else @no.push(@x);\n}\nreturn [@yes, @no];',
      'return [$0.filter((@x) => $1(@x)), $0.filter((@x) => !$1(@x))];',
      'const @yes«: T[]» = [];\nconst @no«: T[]» = [];\nfor (const @x of $0) ($1(@x) ? @yes : @no).push(@x);\nreturn [@yes, @no];',
    ],
    [
      [
        [[1, 2, 3], (n: number) => n > 1],
        [[2, 3], [1]],
      ],
    ],
    1.4,
  ),
  f(
    '{groupBy|group|groupWith|bucketBy|groupItems}',
    'xs; by',
    'Record<string, T[]>',
    [
      'Groups {the |}{elements|items} by {their key|the key that $1 gives|$1|what $1 returns}',
      '%R the {elements|items} {collected|gathered|grouped} by key',
    ],
    [
      'const @groups«: Record<string, T[]>» = {};\nfor (const @x of $0) {\n  const @key = $1(@x);\n  (@groups[@key] ??= []).push(@x);\n}\nreturn @groups;',
      'const @groups«: Record<string, T[]>» = {};\nfor (const @x of $0) {\n  const @key = $1(@x);\n  if (!@groups[@key]) @groups[@key] = [];\n  @groups[@key].push(@x);\n}\nreturn @groups;',
      'const @groups«: Record<string, T[]>» = {};\nfor (const @x of $0) {\n  const @key = $1(@x);\n  @groups[@key] = [...(@groups[@key] ?? []), @x];\n}\nreturn @groups;',
    ],
    [[[['a', 'ab', 'b'], (s: string) => s[0]], { a: ['a', 'ab'], b: ['b'] }]],
    1.8,
  ),
  f(
    '{countBy|tallyBy|countByKey|histogramBy}',
    'xs; by',
    'Record<string, number>',
    [
      'Counts {the |}{elements|items} {by|per} {key|the key that $1 gives}',
      '%R how many {elements|items} {there are for|have} each key',
    ],
    [
      'const @m«: Record<string, number>» = {};\nfor (const @x of $0) {\n  const @key = $1(@x);\n  @m[@key] = (@m[@key] ?? 0) + 1;\n}\nreturn @m;',
    ],
    [[[['a', 'ab', 'b'], (s: string) => s[0]], { a: 2, b: 1 }]],
    1.3,
  ),
  f(
    '{tally|frequencies|counts|countValues|countOccurrences|countEach|histogram}',
    'ss',
    'Record<string, number>',
    [
      'Counts how often {each|every} {value|string|word|item} {occurs|appears}',
      '%R a record {of|with} {the count of each|how often each} {value|word}{ occurs|}'.replace(
        '{ occurs|}',
        '',
      ),
    ],
    [
      'const @m«: Record<string, number>» = {};\nfor (const @w of $0) {\n  @m[@w] = (@m[@w] ?? 0) + 1;\n}\nreturn @m;',
      'return $0.reduce«<Record<string, number>>»((@m, @w) => {\n  @m[@w] = (@m[@w] ?? 0) + 1;\n  return @m;\n}, {});',
    ],
    [[[['a', 'b', 'a']], { a: 2, b: 1 }]],
    1.6,
  ),
  f(
    '{tally|frequencies|countValues|countMap|countEach}',
    'xs',
    'Map<T, number>',
    [
      'Counts how often {each|every} {value|element|item} {occurs|appears}',
      '%R a map from each {value|element} to {its count|how often it occurs}',
    ],
    [
      'const @m = new Map«<T, number>»();\nfor (const @x of $0) {\n  @m.set(@x, (@m.get(@x) ?? 0) + 1);\n}\nreturn @m;',
    ],
    [
      [
        [['a', 'b', 'a']],
        new Map([
          ['a', 2],
          ['b', 1],
        ]),
      ],
    ],
    1.2,
  ),
  f(
    '{mostCommon|mostFrequent|mode|topValue}',
    'xs',
    'T | undefined',
    [
      '%R the {value|element} that {occurs|appears} most often',
      '%R the most {common|frequent} {value|element}',
    ],
    [
      'const @m = new Map«<T, number>»();\nfor (const @x of $0) @m.set(@x, (@m.get(@x) ?? 0) + 1);\nlet @best«: T | undefined»;\nfor (const [@x, @k] of @m) {\n  if (@best === undefined || @k > @m.get(@best)«!») @best = @x;\n}\nreturn @best;',
    ],
    [
      [[['a', 'b', 'b']], 'b'],
      [[[]], undefined],
    ],
    0.8,
  ),
  f(
    '{keyBy|indexBy|toLookup|byKey}',
    'xs; by',
    'Record<string, T>',
    [
      '%R a record {of|with} the {elements|items} by {their key|the key that $1 gives}',
      'Indexes {the |}{elements|items} by {key|what $1 returns}',
    ],
    [
      'const @r«: Record<string, T>» = {};\nfor (const @x of $0) {\n  @r[$1(@x)] = @x;\n}\nreturn @r;',
      'return Object.fromEntries($0.map((@x) => [$1(@x), @x]));',
    ],
    [[[['a', 'b'], (s: string) => s + s], { aa: 'a', bb: 'b' }]],
  ),
  f(
    '{sumBy|totalBy|sumOf|addUpBy}',
    'xs; num',
    'number',
    [
      '%R the sum of {what $1 gives for|$1 over|the values of} {the|all} {elements|items}',
      'Adds up {what|the values that} $1 returns for {every|each} {element|item}',
    ],
    [
      'return $0.reduce((@t, @x) => @t + $1(@x), 0);',
      'let @t = 0;\nfor (const @x of $0) {\n  @t += $1(@x);\n}\nreturn @t;',
    ],
    [[[[1, 2], (n: number) => n * 2], 6]],
    1.2,
  ),
  f(
    '{averageBy|meanBy}',
    'xs; num',
    'number',
    ['%R the {average|mean} of what $1 gives for {the|all} {elements|items}{, or 0 for an empty list|}'],
    ['if ($0.length === 0) return 0;\nreturn $0.reduce((@t, @x) => @t + $1(@x), 0) / $0.length;'],
    [
      [[[1, 2], (n: number) => n * 2], 3],
      [[[], (n: number) => n], 0],
    ],
    0.7,
  ),
  f(
    '{maxBy|largestBy|highestBy|best}',
    'xs; num',
    'T | undefined',
    [
      '%R the {element|item} {for which|where|with the} $1 {is largest|gives the largest value|gives the most}'.replace(
        '|with the',
        '',
      ),
      '%R the {element|item} with the {largest|highest} {value|score}{, or undefined|}',
    ],
    [
      'let @best = $0[0];\nfor (const @x of $0) {\n  if ($1(@x) > $1(@best« as T»)) @best = @x;\n}\nreturn @best;',
      'if ($0.length === 0) return undefined;\nreturn $0.reduce((@a, @b) => ($1(@b) > $1(@a) ? @b : @a));',
    ],
    [
      [[['a', 'abc', 'ab'], (s: string) => s.length], 'abc'],
      [[[], (s: string) => s.length], undefined],
    ],
  ),
  f(
    '{minBy|smallestBy|lowestBy}',
    'xs; num',
    'T | undefined',
    [
      '%R the {element|item} {for which|where} $1 {is smallest|gives the smallest value}',
      '%R the {element|item} with the {smallest|lowest} {value|score}{, or undefined|}',
    ],
    [
      'let @best = $0[0];\nfor (const @x of $0) {\n  if ($1(@x) < $1(@best« as T»)) @best = @x;\n}\nreturn @best;',
      'if ($0.length === 0) return undefined;\nreturn $0.reduce((@a, @b) => ($1(@b) < $1(@a) ? @b : @a));',
    ],
    [[[['ab', 'a', 'abc'], (s: string) => s.length], 'a']],
  ),
  f(
    '{sortBy|orderBy|sortedBy|sortItems}',
    'xs; num',
    'T[]',
    [
      '%R the {elements|items} sorted by {what $1 gives|$1|their score}{, smallest first|}%copy',
      'Sorts {the |}{elements|items} by {a number|the number that $1 gives}%copy',
    ],
    [
      'return [...$0].sort((@a, @b) => $1(@a) - $1(@b));',
      'return $0.slice().sort((@a, @b) => $1(@a) - $1(@b));',
    ],
    [
      [
        [['abc', 'a', 'ab'], (s: string) => s.length],
        ['a', 'ab', 'abc'],
      ],
    ],
    1.2,
  ),
  f(
    '{sortByLength|orderByLength|byLength|shortestFirst}',
    'ss',
    'string[]',
    [
      'Sorts {the |}{strings|words|texts} by {their |}length{, shortest first|}%copy',
      '%R the {strings|words} from {shortest to longest|the shortest to the longest}',
    ],
    ['return [...$0].sort((@a, @b) => @a.length - @b.length);'],
    [[[['abc', 'a', 'ab']], ['a', 'ab', 'abc']]],
  ),
  f(
    '{sortStrings|sortAlphabetically|alphabetical|sortWords|sortNames|sorted}',
    'ss',
    'string[]',
    [
      'Sorts {the |}{strings|words|texts|names} alphabetically%copy',
      '%R the {strings|words|names} in alphabetical order%copy',
    ],
    [
      'return [...$0].sort();',
      'return [...$0].sort((@a, @b) => @a.localeCompare(@b));',
      'return $0.toSorted();',
    ],
    [[[['c', 'a', 'b']], ['a', 'b', 'c']]],
  ),
  f(
    '{sortByName|byName|orderByName}',
    'people,items,users,entries,list: { name: string }[]',
    '{ name: string }[]',
    ['Sorts {the |}{people|items|entries} by {their |}name%copy'],
    ['return [...$0].sort((@a, @b) => @a.name.localeCompare(@b.name));'],
    [[[[{ name: 'b' }, { name: 'a' }]], [{ name: 'a' }, { name: 'b' }]]],
    0.8,
  ),
  f(
    '{names|getNames|listNames|pluckNames|namesOf}',
    'people,items,users,entries,list: { name: string }[]',
    'string[]',
    ['%R the names of {all|the} {people|items|entries|users}'],
    ['return $0.map((@x) => @x.name);', 'return $0.map(({ name }) => name);'],
    [[[[{ name: 'b' }, { name: 'a' }]], ['b', 'a']]],
    0.8,
  ),
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
  f(
    '{takeWhile|leading|whileTrue|prefixWhile}',
    'xs; p',
    'T[]',
    [
      '%R the {leading|first} {elements|items} {as long as|while} {they satisfy $1|$1 holds}',
      'Takes {elements|items} from the start {as long as|while} $1 {holds|is true}',
    ],
    ['const @r«: T[]» = [];\nfor (const @x of $0) {\n  if (!$1(@x)) break;\n  @r.push(@x);\n}\nreturn @r;'],
    [
      [
        [[1, 2, 5, 1], (n: number) => n < 3],
        [1, 2],
      ],
    ],
    0.9,
  ),
  f(
    '{dropWhile|skipWhile|trimStart}',
    'xs; p',
    'T[]',
    ['{Drops|Skips} {elements|items} from the start {as long as|while} $1 {holds|is true}'],
    [
      'let @i = 0;\nwhile (@i < $0.length && $1($0[@i]« as T»)) @i++;\nreturn $0.slice(@i);',
      'const @at = $0.findIndex((@x) => !$1(@x));\nreturn @at === -1 ? [] : $0.slice(@at);',
    ],
    [
      [
        [[1, 2, 5, 1], (n: number) => n < 3],
        [5, 1],
      ],
      [[[1], (n: number) => n < 3], []],
    ],
    0.8,
  ),
  f(
    '{mapAll|map|transformAll|applyAll|convertAll}',
    'xs; fn',
    'U[]',
    [
      'Applies $1 to {every|each} {element|item}',
      '%R {the results|what $1 returns} for {every|each} {element|item}',
    ],
    [
      'return $0.map((@x) => $1(@x));',
      'const @r«: U[]» = [];\nfor (const @x of $0) {\n  @r.push($1(@x));\n}\nreturn @r;',
    ],
    [
      [
        [[1, 2], (n: number) => n * 2],
        [2, 4],
      ],
    ],
    0.8,
  ),
  f(
    '{filterBy|filter|keep|select|where}',
    'xs; p',
    'T[]',
    [
      '{Keeps|Returns} {only |}the {elements|items} that {pass|satisfy} $1',
      '%R the {elements|items} for which $1 {holds|is true}',
    ],
    [
      'return $0.filter((@x) => $1(@x));',
      'const @r«: T[]» = [];\nfor (const @x of $0) {\n  if ($1(@x)) @r.push(@x);\n}\nreturn @r;',
    ],
    [[[[1, 2], (n: number) => n > 1], [2]]],
    0.8,
  ),
  f(
    '{reject|removeWhere|filterOut|dropWhere}',
    'xs; p',
    'T[]',
    [
      '{Removes|Drops} the {elements|items} that {pass|satisfy} $1',
      '%R the {elements|items} for which $1 {does not hold|is false}',
    ],
    ['return $0.filter((@x) => !$1(@x));'],
    [[[[1, 2], (n: number) => n > 1], [1]]],
    0.8,
  ),
  f(
    '{joinWords|listToText|toSentence|joinList|formatList|enumerate|humanList}',
    'ss',
    'string',
    [
      "Joins {the |}{words|items|names} with commas and {an 'and'|'and'} before the last{ one|}{, such as 'a, b and c'|}",
      "Writes a list as {text|a sentence}{, such as|:} 'a, b and c'",
    ],
    [
      "if ($0.length <= 1) return $0.join('');\nreturn `${$0.slice(0, -1).join(', ')} and ${$0[$0.length - 1]}`;",
      "if ($0.length === 0) return '';\nif ($0.length === 1) return $0[0]«!»;\nreturn `${$0.slice(0, -1).join(', ')} and ${$0.at(-1)}`;",
    ],
    [
      [[['a', 'b', 'c']], 'a, b and c'],
      [[['a']], 'a'],
      [[[]], ''],
    ],
    1.2,
  ),
  f(
    '{join|joinWith|glue|joinAll|combine}',
    'ss; sep',
    'string',
    [
      'Joins {the |}{strings|words|texts|parts} with $1{ between them|}',
      '%R the {strings|words} {joined|put together} by $1',
    ],
    [
      'return $0.join($1);',
      "let @r = '';\nfor (const [@i, @w] of $0.entries()) {\n  if (@i > 0) @r += $1;\n  @r += @w;\n}\nreturn @r;",
    ],
    [[[['a', 'b'], '-'], 'a-b']],
    0.8,
  ),
  f(
    '{numbered|numberLines|withNumbers|enumerate}',
    'ss',
    'string[]',
    [
      '{Puts|Adds} {its number|the line number} {before|in front of} {every|each} {line|item|text}{, such as|: |, as in} {"1. first"|\'1. a\'}',
    ],
    ['return $0.map((@w, @i) => `${@i + 1}. ${@w}`);'],
    [[[['a', 'b']], ['1. a', '2. b']]],
    0.8,
  ),
  f(
    '{countTrue|howManyTrue|trueCount|countEnabled}',
    'bs',
    'number',
    ['%C {true values|values that are true|flags that are set}'],
    ['return $0.filter(Boolean).length;', 'return $0.filter((@v) => @v).length;'],
    [[[[true, false, true]], 2]],
    0.7,
  ),
  f(
    '{allTrue|every|areAllSet}',
    'bs',
    'boolean',
    ['%W {all|the} {values|flags} are true'],
    ['return $0.every(Boolean);', 'return $0.every((@v) => @v);'],
    [
      [[[true, false]], false],
      [[[]], true],
    ],
    0.5,
  ),
  f(
    '{at|nth|wrapAt|getWrapped|cyclicAt}',
    'xs; idx',
    'T | undefined',
    [
      '%R the {element|item} at {index |position |}$1, {counting from the end|from the end} when {it|$1} is negative',
    ],
    ['return $0.at($1);', 'return $1 < 0 ? $0[$0.length + $1] : $0[$1];'],
    [
      [[[1, 2, 3], -1], 3],
      [[[1, 2], 0], 1],
    ],
    0.7,
  ),
];
