import { type Family, family as f } from '../family.ts';

/** A list with something moved, added or removed. */
export const listEdits: readonly Family[] = [
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
];
