// biome-ignore-all lint/suspicious/noTemplateCurlyInString: bodies are code, template literals included
import { type Family, family as f } from '../family.ts';

/** Lists with a callback, and lists written as text. */
export const listCallbacks: readonly Family[] = [
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
