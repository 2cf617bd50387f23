// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bodies are code, template literals included
import { type Family, family as f } from '../family.ts';

/** Prices, taxes, and numbers written for people. */
export const money: readonly Family[] = [
  f(
    '{applyDiscount|discounted|discount|reducePrice|salePrice}',
    'price; pct',
    'number',
    [
      '%R the {price|amount} {after|less|reduced by} {a discount of $1 percent|$1 percent|a percentage}',
      '{Takes|Subtracts} $1 percent {off|from} {a price|the price|$0}',
    ],
    ['return $0 * (1 - $1 / 100);', 'return $0 - ($0 * $1) / 100;'],
    [[[200, 10], 180]],
    1.2,
  ),
  f(
    '{addTax|withTax|priceWithTax|addPercent|increaseByPercent|gross}',
    'price; pct',
    'number',
    ['Adds {a tax of |}$1 percent to {a price|the price|$0}', '%R the price with {tax|a tax of $1 percent}'],
    ['return $0 * (1 + $1 / 100);', 'return $0 + ($0 * $1) / 100;'],
    [[[200, 10], 220]],
    1.1,
  ),
  f(
    '{tip|percentOf|taxAmount|percentOfAmount|commission}',
    'price; pct',
    'number',
    [
      '%R $1 percent of {an amount|the price|$0}',
      '%R {the tip|the tax}, which is $1 percent of {the amount|$0}',
    ],
    ['return ($0 * $1) / 100;'],
    [[[200, 10], 20]],
    0.8,
  ),
  f(
    '{formatPrice|formatCents|toDollars|formatMoney|centsToText}',
    'cents',
    'string',
    [
      '{Formats|Writes} {cents|an amount in cents|$0} as {dollars|a price in dollars}{ with a dollar sign and two decimals|, with two decimals|}',
    ],
    ['return `DOLLAR${($0 / 100).toFixed(2)}`;'],
    [[[1205], '$12.05']],
    1,
  ),
  f(
    '{formatMoney|formatAmount|toPrice|twoDecimals|formatPrice}',
    'price',
    'string',
    ['{Formats|Writes} {an amount|a number|$0} with two decimals'],
    ['return $0.toFixed(2);'],
    [[[1.5], '1.50']],
    0.8,
  ),
  f(
    '{formatThousands|withCommas|thousands|groupDigits|formatNumber|addCommas}',
    'n',
    'string',
    [
      '{Writes|Formats} {a number|the number|$0} with commas {between thousands|as thousands separators|every three digits}',
    ],
    [
      "return String($0).replace(/\\B(?=(\\d{3})+(?!\\d))/g, ',');",
      "return $0.toString().replace(/\\B(?=(\\d{3})+$)/g, ',');",
      "return $0.toLocaleString('en-US');",
    ],
    [
      [[1234567], '1,234,567'],
      [[12], '12'],
    ],
    1.1,
  ),
  f(
    '{formatBytes|humanSize|fileSize|bytesToText|prettyBytes}',
    'bytes,size,n,value: number',
    'string',
    ['{Formats|Writes} {a number of bytes|bytes|$0} {with|in} {a fitting unit|B, KB or MB|units of 1024}'],
    [
      "const @units = ['B', 'KB', 'MB', 'GB'];\nlet @value = $0;\nlet @i = 0;\nwhile (@value >= 1024 && @i < @units.length - 1) {\n  @value /= 1024;\n  @i++;\n}\nreturn `${@value} ${@units[@i]}`;",
    ],
    [
      [[2048], '2 KB'],
      [[5], '5 B'],
    ],
    0.9,
  ),
  f(
    '{formatPercent|toPercent|percentText|asPercent}',
    'ratio,fraction,value,n,share: number',
    'string',
    ['{Formats|Writes} a {fraction|ratio|share} as {percent|a whole percentage}{, such as 25%|}'],
    ['return `${Math.round($0 * 100)}%`;'],
    [[[0.25], '25%']],
    0.9,
  ),
  f(
    '{cartTotal|orderTotal|totalPrice|sumItems|basketTotal|invoiceTotal}',
    'items,lines,cart,order,products: { price: number; quantity: number }[]',
    'number',
    [
      '%R the total {price|cost} of {all items|the cart|an order}{, price times quantity|}',
      'Adds up price times quantity {of|over} {all|the} {items|lines}',
    ],
    [
      'return $0.reduce((@t, @item) => @t + @item.price * @item.quantity, 0);',
      'let @t = 0;\nfor (const @item of $0) {\n  @t += @item.price * @item.quantity;\n}\nreturn @t;',
    ],
    [
      [
        [
          [
            { price: 2, quantity: 3 },
            { price: 1, quantity: 1 },
          ],
        ],
        7,
      ],
    ],
    1.2,
  ),
  f(
    '{compoundInterest|futureValue|grow|balanceAfter}',
    'principal,amount,start,capital: number; rate,r,interest: number; years,n,periods,t: number',
    'number',
    ['%R {the amount|what $0 becomes} after $2 years {at|with} an interest {rate |}of $1{ a year|}'],
    ['return $0 * (1 + $1) ** $2;', 'return $0 * Math.pow(1 + $1, $2);'],
    [[[100, 0.1, 2], 121]],
    0.7,
  ),
  f(
    '{grade|letterGrade|toGrade|gradeFor}',
    'score,points,n,value,mark: number',
    'string',
    [
      "%R 'A' from 90, 'B' from 80, 'C' from 70 and 'F' below",
      '%R the {letter |}grade of a score: A from 90, B from 80, C from 70, else F',
    ],
    ["if ($0 >= 90) return 'A';\nif ($0 >= 80) return 'B';\nif ($0 >= 70) return 'C';\nreturn 'F';"],
    [
      [[95], 'A'],
      [[80], 'B'],
      [[75], 'C'],
      [[10], 'F'],
    ],
    0.9,
  ),
];
