import { type Family, family as f } from '../family.ts';

/** Units of measurement, circles, rectangles and points. */
export const unitsAndGeometry: readonly Family[] = [
  ...(
    [
      ['hours', 'minutes', '60', 60],
      ['minutes', 'seconds', '60', 60],
      ['hours', 'seconds', '3600', 3600],
      ['days', 'hours', '24', 24],
      ['weeks', 'days', '7', 7],
      ['seconds', 'milliseconds', '1000', 1000],
      ['meters', 'centimeters', '100', 100],
      ['kilometers', 'meters', '1000', 1000],
      ['feet', 'inches', '12', 12],
      ['kilograms', 'grams', '1000', 1000],
      ['miles', 'kilometers', '1.609344', 1.609344],
      ['inches', 'centimeters', '2.54', 2.54],
      ['dollars', 'cents', '100', 100],
      ['years', 'months', '12', 12],
    ] as const
  ).flatMap(([big, small, factor, value]) => {
    const cap = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
    return [
      f(
        `{${big}To${cap(small)}|${big}In${cap(small)}|to${cap(small)}|convert${cap(big)}}`,
        `${big},n,value,amount,x: number`,
        'number',
        [
          `%conv ${big} {to|into} ${small}`,
          `%R {how many|the number of} ${small} {are in|there are in|make up} {$0|} ${big}`,
        ],
        [`return $0 * ${factor};`],
        [[[3], 3 * value]],
        0.25,
      ),
      f(
        `{${small}To${cap(big)}|${small}In${cap(big)}|to${cap(big)}|convert${cap(small)}}`,
        `${small},n,value,amount,x: number`,
        'number',
        [`%conv ${small} {to|into} ${big}`, `%R $0 ${small} in ${big}`],
        [`return $0 / ${factor};`],
        [[[3], 3 / value]],
        0.25,
      ),
    ];
  }),
  f(
    '{celsiusToFahrenheit|toFahrenheit|cToF|fahrenheit}',
    'celsius,c,degrees,temperature,t: number',
    'number',
    ['%conv {a temperature|degrees|$0|} {from |}Celsius to Fahrenheit'],
    ['return ($0 * 9) / 5 + 32;', 'return $0 * 1.8 + 32;'],
    [[[100], 212]],
    1.1,
  ),
  f(
    '{fahrenheitToCelsius|toCelsius|fToC|celsius}',
    'fahrenheit,f,degrees,temperature,t: number',
    'number',
    ['%conv {a temperature|degrees|$0|} {from |}Fahrenheit to Celsius'],
    ['return (($0 - 32) * 5) / 9;', 'return ($0 - 32) / 1.8;'],
    [[[212], 100]],
    1.1,
  ),
  f(
    '{toRadians|degreesToRadians|radians|degToRad}',
    'degrees,angle,deg,value: number',
    'number',
    ['%conv {degrees|an angle in degrees} {to|into} radians'],
    ['return ($0 * Math.PI) / 180;', 'return $0 * (Math.PI / 180);'],
    [[[180], Math.PI]],
    0.9,
  ),
  f(
    '{toDegrees|radiansToDegrees|degrees|radToDeg}',
    'radians,angle,rad,value: number',
    'number',
    ['%conv {radians|an angle in radians} {to|into} degrees'],
    ['return ($0 * 180) / Math.PI;', 'return $0 * (180 / Math.PI);'],
    [[[Math.PI], 180]],
    0.9,
  ),
  f(
    '{circleArea|areaOfCircle|area|diskArea}',
    'r',
    'number',
    ['%R the area of a circle{ with the radius $0| of radius $0|}'],
    ['return Math.PI * $0 ** 2;', 'return Math.PI * $0 * $0;'],
    [[[2], Math.PI * 4]],
    0.9,
  ),
  f(
    '{circumference|circlePerimeter|perimeterOfCircle}',
    'r',
    'number',
    ['%R the {circumference|perimeter} of a circle{ with the radius $0| of radius $0|}'],
    ['return 2 * Math.PI * $0;'],
    [[[2], Math.PI * 4]],
    0.7,
  ),
  f(
    '{rectangleArea|area|areaOf|areaOfRectangle}',
    'w; h',
    'number',
    ['%R the area of a rectangle'],
    ['return $0 * $1;'],
    [[[2, 3], 6]],
    0.8,
  ),
  f(
    '{rectanglePerimeter|perimeter|perimeterOf}',
    'w; h',
    'number',
    ['%R the perimeter of a rectangle'],
    ['return 2 * ($0 + $1);'],
    [[[2, 3], 10]],
    0.8,
  ),
  f(
    '{triangleArea|areaOfTriangle}',
    'base,b,width: number; height,h: number',
    'number',
    ['%R the area of a triangle{ from its base and height|}'],
    ['return ($0 * $1) / 2;'],
    [[[2, 3], 3]],
    0.6,
  ),
  f(
    '{isTriangle|isValidTriangle|formsTriangle}',
    'a,x: number; b,y: number; c,z: number',
    'boolean',
    ['%W {three sides|three lengths|$0, $1 and $2} {form|can make} a triangle'],
    ['return $0 + $1 > $2 && $0 + $2 > $1 && $1 + $2 > $0;'],
    [
      [[3, 4, 5], true],
      [[1, 1, 3], false],
    ],
    0.8,
  ),
  f(
    '{distance|distanceBetween|pointDistance|euclidean}',
    'pa; pb',
    'number',
    ['%R the {straight |Euclidean |}distance between {two points|$0 and $1}'],
    [
      'return Math.hypot($0.x - $1.x, $0.y - $1.y);',
      'return Math.sqrt(($0.x - $1.x) ** 2 + ($0.y - $1.y) ** 2);',
      'const @dx = $1.x - $0.x;\nconst @dy = $1.y - $0.y;\nreturn Math.sqrt(@dx * @dx + @dy * @dy);',
    ],
    [
      [
        [
          { x: 0, y: 0 },
          { x: 3, y: 4 },
        ],
        5,
      ],
    ],
    1.4,
  ),
  f(
    '{distance|distanceBetween|euclidean}',
    'x1,ax: number; y1,ay: number; x2,bx: number; y2,by: number',
    'number',
    ['%R the distance between {two points|the points ($0, $1) and ($2, $3)}'],
    ['return Math.hypot($2 - $0, $3 - $1);', 'return Math.sqrt(($2 - $0) ** 2 + ($3 - $1) ** 2);'],
    [[[0, 0, 3, 4], 5]],
    0.9,
  ),
  f(
    '{manhattan|manhattanDistance|taxicab|gridDistance}',
    'pa; pb',
    'number',
    ['%R the {Manhattan|taxicab|city block} distance between {two points|$0 and $1}'],
    ['return Math.abs($0.x - $1.x) + Math.abs($0.y - $1.y);'],
    [
      [
        [
          { x: 0, y: 0 },
          { x: 3, y: 4 },
        ],
        7,
      ],
    ],
  ),
  f(
    '{midpoint|middle|centerOf|halfway}',
    'pa; pb',
    '{ x: number; y: number }',
    [
      '%R the point {halfway|in the middle} between {two points|$0 and $1}',
      '%R the midpoint of {two points|$0 and $1}',
    ],
    ['return { x: ($0.x + $1.x) / 2, y: ($0.y + $1.y) / 2 };'],
    [
      [
        [
          { x: 0, y: 0 },
          { x: 2, y: 4 },
        ],
        { x: 1, y: 2 },
      ],
    ],
  ),
  f(
    '{addPoints|addVectors|translate|plus}',
    'pa; pb',
    '{ x: number; y: number }',
    ['Adds {two points|two vectors|$0 and $1}'],
    ['return { x: $0.x + $1.x, y: $0.y + $1.y };'],
    [
      [
        [
          { x: 0, y: 1 },
          { x: 2, y: 4 },
        ],
        { x: 2, y: 5 },
      ],
    ],
    0.7,
  ),
  f(
    '{scalePoint|multiplyVector|scale}',
    'pt; factor,by,k,s: number',
    '{ x: number; y: number }',
    ['Multiplies {a point|a vector|both coordinates} by $1'],
    ['return { x: $0.x * $1, y: $0.y * $1 };'],
    [[[{ x: 1, y: 2 }, 3], { x: 3, y: 6 }]],
    0.6,
  ),
];
