import { type Family, family as f } from '../family.ts';

const entry = '[@key, @v]';

/** Records of named values. */
export const records: readonly Family[] = [
  f(
    '{sumValues|totalValues|sumRecord|total|sumOfValues}',
    'o',
    'number',
    [
      '%R the {sum|total} of {all|the} values {of|in} {the record|the object|$0}',
      'Adds up {all|the} values of {a record|$0}',
    ],
    [
      'return Object.values($0).reduce((@a, @b) => @a + @b, 0);',
      'let @t = 0;\nfor (const @v of Object.values($0)) {\n  @t += @v;\n}\nreturn @t;',
    ],
    [
      [[{ a: 1, b: 2 }], 3],
      [[{}], 0],
    ],
  ),
  f(
    '{keyOfMax|maxKey|topKey|bestKey|keyOfLargest|winner}',
    'o',
    'string',
    ['%R the key {with|of} the {largest|highest} value{ in the record|}'],
    ['return Object.keys($0).reduce((@a, @b) => ($0[@b]«!» > $0[@a]«!» ? @b : @a));'],
    [[[{ a: 1, b: 2 }], 'b']],
  ),
  f(
    '{invert|swapKeys|flipRecord|invertRecord|reverseLookup}',
    'os',
    'Record<string, string>',
    [
      '{Swaps|Exchanges} {the |}keys and {the |}values{ of a record| of $0|}',
      '%R a record with keys and values {swapped|exchanged}',
    ],
    [
      `return Object.fromEntries(Object.entries($0).map((${entry}) => [@v, @key]));`,
      `const @r«: Record<string, string>» = {};\nfor (const ${entry} of Object.entries($0)) {\n  @r[@v] = @key;\n}\nreturn @r;`,
    ],
    [[[{ a: 'x' }], { x: 'a' }]],
    1.2,
  ),
  f(
    '{pick|select|only|pickKeys|keepKeys}',
    'ot; keys,names,fields,wanted,props: string[]',
    'Record<string, T>',
    [
      '%R {a|the} {record|object} with {only |}the given keys{ of $0|}',
      '{Picks|Keeps|Selects} {only |}the {entries|properties} {whose keys are in|named in} $1',
    ],
    [
      `return Object.fromEntries(Object.entries($0).filter(([@key]) => $1.includes(@key)));`,
      'const @r«: Record<string, T>» = {};\nfor (const @key of $1) {\n  if (@key in $0) @r[@key] = $0[@key]«!»;\n}\nreturn @r;',
    ],
    [[[{ a: 1, b: 2 }, ['a']], { a: 1 }]],
    1.4,
  ),
  f(
    '{pick|pickProps|subset}',
    'obj,object,source,value,record: T; keys,names,fields,props: (keyof T)[]',
    'Partial<T>',
    [
      '%R {a new object|an object} with {only |}the given keys of $0',
      '{Picks|Copies} {only |}the properties named in $1',
    ],
    ['const @r«: Partial<T>» = {};\nfor (const @key of $1) {\n  @r[@key] = $0[@key];\n}\nreturn @r;'],
    [[[{ a: 1, b: 2 }, ['a']], { a: 1 }]],
    0.8,
  ),
  f(
    '{omit|without|exclude|omitKeys|dropKeys}',
    'ot; keys,names,fields,unwanted,props: string[]',
    'Record<string, T>',
    [
      '%R {a|the} {record|object} without the given keys{ of $0|}',
      '{Omits|Drops|Removes|Leaves out} the {entries|properties} {whose keys are in|named in} $1',
    ],
    [
      'return Object.fromEntries(Object.entries($0).filter(([@key]) => !$1.includes(@key)));',
      'const @r = { ...$0 };\nfor (const @key of $1) delete @r[@key];\nreturn @r;',
    ],
    [[[{ a: 1, b: 2 }, ['a']], { b: 2 }]],
    1.4,
  ),
  f(
    '{mapValues|transformValues|mapRecord}',
    'ot; fn',
    'Record<string, U>',
    [
      '{Applies|Calls} $1 {to|on} {every|each} value{ of the record| of $0|}, keeping the keys',
      '%R a record with the same keys and {every value changed by $1|the results of $1 as values}',
    ],
    [
      `return Object.fromEntries(Object.entries($0).map((${entry}) => [@key, $1(@v)]));`,
      `const @r«: Record<string, U>» = {};\nfor (const ${entry} of Object.entries($0)) {\n  @r[@key] = $1(@v);\n}\nreturn @r;`,
    ],
    [[[{ a: 1 }, (n: number) => n * 2], { a: 2 }]],
    1.2,
  ),
  f(
    '{doubleValues|scaleValues|multiplyValues}',
    'o; factor,by,n,times: number',
    'Record<string, number>',
    ['Multiplies {every|each} value of {the record|$0} by $1'],
    [`return Object.fromEntries(Object.entries($0).map((${entry}) => [@key, @v * $1]));`],
    [[[{ a: 1 }, 2], { a: 2 }]],
    0.7,
  ),
  f(
    '{filterValues|filterRecord|keepEntries}',
    'ot; p',
    'Record<string, T>',
    ['Keeps {only |}the entries whose values {pass|satisfy} $1'],
    [
      `return Object.fromEntries(Object.entries($0).filter(([, @v]) => $1(@v)));`,
      `const @r«: Record<string, T>» = {};\nfor (const ${entry} of Object.entries($0)) {\n  if ($1(@v)) @r[@key] = @v;\n}\nreturn @r;`,
    ],
    [[[{ a: 1, b: 2 }, (n: number) => n > 1], { b: 2 }]],
  ),
  f(
    '{removeEmpty|dropUndefined|compact|withoutUndefined|cleanObject}',
    'record,obj,object,values,params: Record<string, T | undefined>',
    'Record<string, T>',
    ['{Removes|Drops|Leaves out} {entries|properties|keys} {whose value is|with the value} undefined'],
    [
      'return Object.fromEntries(Object.entries($0).filter(([, @v]) => @v !== undefined))« as Record<string, T>»;',
    ],
    [[[{ a: 1, b: undefined }], { a: 1 }]],
  ),
  f(
    '{mergeRecords|merge|combine|mergeObjects|withDefaults}',
    'base,defaults,first,a,left: Record<string, T>; overrides,extra,second,b,right: Record<string, T>',
    'Record<string, T>',
    [
      '{Merges|Joins|Combines} {two records|two objects|$0 and $1}{, the second wins|, where $1 wins|, values of $1 win}',
    ],
    ['return { ...$0, ...$1 };', 'return Object.assign({}, $0, $1);'],
    [[[{ a: 1, b: 1 }, { b: 2 }], { a: 1, b: 2 }]],
  ),
  f(
    '{addRecords|mergeCounts|sumRecords|combineCounts|addCounts}',
    'a,left,first,one: Record<string, number>; b,right,second,two: Record<string, number>',
    'Record<string, number>',
    [
      'Adds the values of two records {key by key|by key}',
      '{Merges|Combines} two records of counts{, adding the values of {equal|the same} keys|}',
    ],
    [
      `const @r = { ...$0 };\nfor (const ${entry} of Object.entries($1)) {\n  @r[@key] = (@r[@key] ?? 0) + @v;\n}\nreturn @r;`,
    ],
    [[[{ a: 1, b: 1 }, { b: 2 }], { a: 1, b: 3 }]],
    0.9,
  ),
  f(
    '{isEmptyObject|isEmptyRecord|isEmpty|hasNoKeys}',
    'ot',
    'boolean',
    ['%W {the object|the record|$0} {is empty|has no keys|has no properties|has no entries}'],
    ['return Object.keys($0).length === 0;'],
    [
      [[{}], true],
      [[{ a: 1 }], false],
    ],
  ),
  f(
    '{countKeys|size|keyCount|numberOfKeys}',
    'ot',
    'number',
    ['%C {keys|properties|entries} {of|in} {the object|the record|$0}'],
    ['return Object.keys($0).length;'],
    [[[{ a: 1 }], 1]],
    0.7,
  ),
  f(
    '{hasKey|has|hasProperty|containsKey}',
    'ot; key',
    'boolean',
    ['%W {the object|the record|$0} has {the key|the property|} $1'],
    ['return $1 in $0;', 'return Object.hasOwn($0, $1);', 'return Object.keys($0).includes($1);'],
    [
      [[{ a: 1 }, 'a'], true],
      [[{}, 'b'], false],
    ],
    0.8,
  ),
  f(
    '{getOrDefault|getOr|valueOr|lookup}',
    'ot; key; fallback,defaultValue,otherwise,other: T',
    'T',
    ['%R the value of {the key |}$1, or $2 {if it is missing|when there is none}'],
    ['return $0[$1] ?? $2;', 'return $1 in $0 ? $0[$1]«!» : $2;'],
    [
      [[{ a: 1 }, 'a', 5], 1],
      [[{}, 'b', 5], 5],
    ],
  ),
  f(
    '{fromPairs|fromEntries|pairsToRecord|toRecord|toObject}',
    'pairs,entries,list,items: [string, T][]',
    'Record<string, T>',
    ['%M a record {of|from} {key-value pairs|pairs of key and value|entries}'],
    [
      'return Object.fromEntries($0);',
      `const @r«: Record<string, T>» = {};\nfor (const ${entry} of $0) {\n  @r[@key] = @v;\n}\nreturn @r;`,
    ],
    [[[[['a', 1]]], { a: 1 }]],
  ),
  f(
    '{zipObject|toRecord|zipToRecord|fromKeysAndValues}',
    'keys,names,fields: string[]; values,items,data: T[]',
    'Record<string, T>',
    ['%M a record {of|from} {a list of keys and a list of values|$0 and $1}'],
    [
      'return Object.fromEntries($0.map((@key, @i) => [@key, $1[@i]]))« as Record<string, T>»;',
      'const @r«: Record<string, T>» = {};\n$0.forEach((@key, @i) => {\n  @r[@key] = $1[@i]«!»;\n});\nreturn @r;',
    ],
    [
      [
        [
          ['a', 'b'],
          [1, 2],
        ],
        { a: 1, b: 2 },
      ],
    ],
  ),
  f(
    '{toPairs|entriesOf|recordToPairs|listEntries}',
    'ot',
    '[string, T][]',
    ['%R {the entries|pairs of key and value} of {the record|$0}'],
    ['return Object.entries($0);'],
    [[[{ a: 1 }], [['a', 1]]]],
    0.6,
  ),
  f(
    '{sortedKeys|keysInOrder|sortKeys}',
    'ot',
    'string[]',
    ['%R the keys of {the record|$0} in {alphabetical|sorted} order'],
    ['return Object.keys($0).sort();'],
    [[[{ b: 1, a: 2 }], ['a', 'b']]],
    0.8,
  ),
  f(
    '{keysByValue|sortKeysByValue|ranking|rankKeys|topKeys}',
    'o',
    'string[]',
    ['%R the keys {ordered|sorted} by {their |}value{s|}, {largest|highest} first'],
    [
      'return Object.keys($0).sort((@a, @b) => $0[@b]«!» - $0[@a]«!»);',
      'return Object.entries($0)\n  .sort((@a, @b) => @b[1] - @a[1])\n  .map(([@key]) => @key);',
    ],
    [[[{ a: 1, b: 2 }], ['b', 'a']]],
    0.9,
  ),
  f(
    '{keysWhere|keysWithValue|findKeys}',
    'o; value,wanted,target,n: number',
    'string[]',
    ['%R {all|the} keys {whose value is|with the value} $1'],
    ['return Object.keys($0).filter((@key) => $0[@key] === $1);'],
    [[[{ a: 1, b: 2 }, 2], ['b']]],
    0.7,
  ),
  f(
    '{pluck|getField|column|valuesOf|mapKey}',
    'rows,items,records,list,objects: Record<string, T>[]; key',
    'T[]',
    [
      '%R the value of $1 {of|for|in} {every|each} {record|item|object}',
      '{Plucks|Collects} {the property |}$1 {of|from} {all|the} {records|objects}',
    ],
    ['return $0.map((@x) => @x[$1])« as T[]»;'],
    [
      [
        [[{ a: 1 }, { a: 2 }], 'a'],
        [1, 2],
      ],
    ],
  ),
  f(
    '{getPath|getIn|deepGet|getByPath|lookup}',
    'obj,object,source,data,value: any; path,keys,key,p: string',
    'unknown',
    ["%R the value at a {dotted path|path such as 'a.b'} in {the object|$0}{, or undefined|}"],
    [
      "return $1.split('.').reduce((@acc, @key) => @acc?.[@key], $0);",
      "let @current = $0;\nfor (const @key of $1.split('.')) {\n  @current = @current?.[@key];\n}\nreturn @current;",
    ],
    [
      [[{ a: { b: 1 } }, 'a.b'], 1],
      [[{}, 'a.b'], undefined],
    ],
    0.9,
  ),
  f(
    '{shallowEqual|sameRecord|equalRecords|recordsEqual}',
    'a,left,first: Record<string, T>; b,right,second: Record<string, T>',
    'boolean',
    ['%W {two records|two objects|$0 and $1} have the same keys and values'],
    [
      'const @keys = Object.keys($0);\nreturn @keys.length === Object.keys($1).length && @keys.every((@key) => $0[@key] === $1[@key]);',
    ],
    [
      [[{ a: 1 }, { a: 1 }], true],
      [[{ a: 1 }, { a: 1, b: 2 }], false],
    ],
    0.9,
  ),
  f(
    '{toQuery|buildQuery|queryString|stringifyQuery|toQueryString}',
    'os',
    'string',
    ['%M a query string {of|from} {a record|the parameters|$0}{, such as a=1&b=2|}'],
    [
      `return Object.entries($0)\n  .map((${entry}) => \`\${@key}=\${@v}\`)\n  .join('&');`,
      `return Object.entries($0).map((${entry}) => \`\${encodeURIComponent(@key)}=\${encodeURIComponent(@v)}\`).join('&');`,
      'return new URLSearchParams($0).toString();',
    ],
    [[[{ a: '1', b: 'x' }], 'a=1&b=x']],
    1.2,
  ),
  f(
    '{parseQuery|fromQuery|parseQueryString|queryToRecord|readQuery}',
    'query,search,text,s,input: string',
    'Record<string, string>',
    [
      'Parses a query string {into|to} a record{, such as a=1&b=2|}',
      '%conv {a query string|a text such as a=1&b=2} {to|into} a record',
    ],
    [
      "const @r«: Record<string, string>» = {};\nfor (const @part of $0.split('&')) {\n  const [@key, @v] = @part.split('=');\n  @r[@key«!»] = @v«!»;\n}\nreturn @r;",
      "return Object.fromEntries($0.split('&').map((@part) => @part.split('=')));",
    ],
    [[['a=1&b=2'], { a: '1', b: '2' }]],
    1.2,
  ),
];
