import { type Family, family as f } from '../family.ts';

/** Sets, maps and matrices. */
export const setsAndMatrices: readonly Family[] = [
  f(
    '{unionSets|union|mergeSets|uniteSets}',
    'seta; setb',
    'Set<T>',
    ['%R the union of two sets', '%R a set with the {elements|values} of {both sets|$0 and $1}'],
    ['return new Set([...$0, ...$1]);'],
    [[[new Set([1]), new Set([2])], new Set([1, 2])]],
    0.7,
  ),
  f(
    '{intersectSets|intersection|commonValues}',
    'seta; setb',
    'Set<T>',
    ['%R the {intersection of two sets|values that both sets have|values in both sets}'],
    ['return new Set([...$0].filter((@x) => $1.has(@x)));'],
    [[[new Set([1, 2]), new Set([2])], new Set([2])]],
    0.7,
  ),
  f(
    '{differenceOfSets|subtractSets|difference}',
    'seta; setb',
    'Set<T>',
    ['%R the values of $0 that are not in $1{ as a set|}'],
    ['return new Set([...$0].filter((@x) => !$1.has(@x)));'],
    [[[new Set([1, 2]), new Set([2])], new Set([1])]],
    0.6,
  ),
  f(
    '{increment|countUp|addCount|bump}',
    'map; key',
    'number',
    ['{Adds one to|Increments} the count of $1 in {the map|$0} and returns it'],
    ['const @next = ($0.get($1) ?? 0) + 1;\n$0.set($1, @next);\nreturn @next;'],
    [[[new Map([['a', 1]]), 'a'], 2]],
    0.5,
  ),
  f(
    '{transpose|flipMatrix|columnsToRows|transposed}',
    'm',
    'number[][]',
    [
      '{Swaps|Exchanges} {the |}rows and {the |}columns{ of a matrix|}',
      'Transposes {a matrix|the matrix|$0}',
      '%R the transpose of {a matrix|$0}',
    ],
    [
      'return $0[0]«!».map((_, @i) => $0.map((@row) => @row[@i]«!»));',
      'const @r«: number[][]» = [];\nfor (let @i = 0; @i < $0[0]«!».length; @i++) {\n  @r.push($0.map((@row) => @row[@i]«!»));\n}\nreturn @r;',
    ],
    [
      [
        [
          [
            [1, 2],
            [3, 4],
          ],
        ],
        [
          [1, 3],
          [2, 4],
        ],
      ],
    ],
    1.3,
  ),
  f(
    '{sumMatrix|matrixSum|totalOfGrid|sumGrid|sumAllCells}',
    'm',
    'number',
    ['%R the sum of all {numbers|cells|values} {of|in} {a matrix|the grid|$0}'],
    [
      'return $0.flat().reduce((@a, @b) => @a + @b, 0);',
      'let @t = 0;\nfor (const @row of $0) {\n  for (const @n of @row) @t += @n;\n}\nreturn @t;',
    ],
    [
      [
        [
          [
            [1, 2],
            [3, 4],
          ],
        ],
        10,
      ],
    ],
  ),
  f(
    '{rowSums|sumRows|totalsOfRows}',
    'm',
    'number[]',
    ['%R the sum of {every|each} row'],
    ['return $0.map((@row) => @row.reduce((@a, @b) => @a + @b, 0));'],
    [
      [
        [
          [
            [1, 2],
            [3, 4],
          ],
        ],
        [3, 7],
      ],
    ],
  ),
  f(
    '{columnSums|sumColumns}',
    'm',
    'number[]',
    ['%R the sum of {every|each} column'],
    ['return $0[0]«!».map((_, @i) => $0.reduce((@t, @row) => @t + @row[@i]«!», 0));'],
    [
      [
        [
          [
            [1, 2],
            [3, 4],
          ],
        ],
        [4, 6],
      ],
    ],
    0.8,
  ),
  f(
    '{column|getColumn|columnOf}',
    'm; idx',
    'number[]',
    ['%R the column at {index|position} $1 {of a matrix|of the grid|}'],
    ['return $0.map((@row) => @row[$1]«!»);'],
    [
      [
        [
          [
            [1, 2],
            [3, 4],
          ],
          1,
        ],
        [2, 4],
      ],
    ],
    0.8,
  ),
  f(
    '{diagonal|mainDiagonal|getDiagonal}',
    'm',
    'number[]',
    ['%R the main diagonal of {a square matrix|the matrix}'],
    ['return $0.map((@row, @i) => @row[@i]«!»);'],
    [
      [
        [
          [
            [1, 2],
            [3, 4],
          ],
        ],
        [1, 4],
      ],
    ],
    0.8,
  ),
  f(
    '{trace|diagonalSum|sumOfDiagonal}',
    'm',
    'number',
    ['%R the sum of the main diagonal{ of a matrix|}'],
    ['return $0.reduce((@t, @row, @i) => @t + @row[@i]«!», 0);'],
    [
      [
        [
          [
            [1, 2],
            [3, 4],
          ],
        ],
        5,
      ],
    ],
    0.7,
  ),
  f(
    '{identity|identityMatrix|unitMatrix|eye}',
    'k',
    'number[][]',
    ['%R the identity matrix of size $0', '%M an identity matrix with $0 rows'],
    [
      'return Array.from({ length: $0 }, (_, @i) => Array.from({ length: $0 }, (_, @j) => (@i === @j ? 1 : 0)));',
    ],
    [
      [
        [2],
        [
          [1, 0],
          [0, 1],
        ],
      ],
    ],
    0.8,
  ),
  f(
    '{multiplyMatrices|matMul|matrixProduct}',
    'a,left,first: number[][]; b,right,second: number[][]',
    'number[][]',
    ['{Multiplies two matrices|Returns the product of two matrices}'],
    [
      'return $0.map((@row) => $1[0]«!».map((_, @j) => @row.reduce((@t, @v, @i) => @t + @v * $1[@i]«!»[@j]«!», 0)));',
    ],
    [[[[[1, 2]], [[3], [4]]], [[11]]]],
    0.7,
  ),
  f(
    '{addMatrices|sumMatrices|matrixAdd}',
    'a,left,first: number[][]; b,right,second: number[][]',
    'number[][]',
    ['Adds two matrices{ of the same size|}'],
    ['return $0.map((@row, @i) => @row.map((@v, @j) => @v + $1[@i]«!»[@j]«!»));'],
    [[[[[1, 2]], [[3, 4]]], [[4, 6]]]],
    0.7,
  ),
  f(
    '{rotateMatrix|rotateClockwise|turnRight}',
    'm',
    'number[][]',
    ['{Rotates|Turns} {a matrix|the grid} {clockwise|by 90 degrees clockwise|to the right}'],
    ['return $0[0]«!».map((_, @i) => $0.map((@row) => @row[@i]«!»).reverse());'],
    [
      [
        [
          [
            [1, 2],
            [3, 4],
          ],
        ],
        [
          [3, 1],
          [4, 2],
        ],
      ],
    ],
    0.6,
  ),
  f(
    '{makeGrid|createGrid|emptyMatrix|filledGrid|zeros}',
    'rows,height,h,m: number; columns,cols,width,w: number; value,fill,initial,cell: number=0',
    'number[][]',
    [
      '%M a grid {of|with} $0 rows and $1 columns{, filled with $2|}',
      '%M a matrix of $0 by $1 {cells |}filled with $2',
    ],
    [
      'return Array.from({ length: $0 }, () => Array.from({ length: $1 }, () => $2));',
      'return Array.from({ length: $0 }, () => new Array«<number>»($1).fill($2));',
    ],
    [[[1, 2, 7], [[7, 7]]]],
    0.8,
  ),
];
