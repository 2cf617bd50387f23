import { type Family, family as f } from '../family.ts';

/** Counting, grouping and sorting by a key. */
export const grouping: readonly Family[] = [
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
];
