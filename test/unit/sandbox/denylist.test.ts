import { beforeAll, describe, expect, it } from 'vitest';
import { forbiddenSyntax } from '../../../sandbox/grading/denylist.ts';
import { SyntaxTrees } from '../../../sandbox/tasks/syntaxTrees.ts';

let trees: SyntaxTrees;
beforeAll(async () => {
  trees = await SyntaxTrees.load();
});

function inScript(body: string, original = ' return items.length; ', before = '') {
  const prefix = `${before}export function count(items: number[]): number {`;
  return forbiddenSyntax(trees, { language: 'typescript', prefix, body: original, suffix: '}\n' }, body);
}

function inPython(body: string, original = '    return len(items)', before = '') {
  const prefix = `${before}def count(items):\n`;
  return forbiddenSyntax(trees, { language: 'python', prefix, body: original, suffix: '\n' }, body);
}

describe('a JavaScript body', () => {
  it.each([
    'const n = items.map((x) => x + 1); return n.length;',
    'const process = (x: number) => x; return process(1);',
    'return items.filter((test) => test > 0).length;',
    'const r: Record<string, number> = {}; r.a = 1; for (const x of items) r[x] = (r[x] ?? 0) + 1; return r.a;',
    'let total = 0; for (const module of items) { total += module; } return total;',
    'return [...items].sort((a, b) => a - b).length || Object.assign({}, { a: 1 }).a;',
    'return Array.prototype.slice.call(items).length + Number(Object.is(1, 2));',
    'const order = { process: 1, require: 2 }; order.process = 2; return order.require;',
    'try { return items.length; } catch (process) { return 0; }',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a completion.
    'const counts = {}; for (const x of items) { const key = `n${x}`; counts[key] = (counts[key] ?? 0) + 1; } return counts["n1"];',
    'const names = ["a", "b"]; const r = {}; for (const name of names) r[name] = items[0]; return r["a"];',
    'const letters = "abc".split(""); let s = ""; for (let i = 0; i < items.length; i++) s += letters[i % 3]; return s.length;',
    'const last = items.length - 1; return items[last] + [1, 2].map((x) => x + 1)[0];',
    'const size = { "x y": 1 }; return size["x" + " y"];',
    'console.log(items); setTimeout(() => {}, 1); return Math.max(...items);',
  ])('may be ordinary: %s', (body) => {
    expect(inScript(body)).toBeUndefined();
  });

  it.each([
    ['process.exit(0);', 'process'],
    ['const { exit } = process; exit();', 'process'],
    ['{ let process = 1; } process.exit(0);', 'process'],
    ['((process) => process)(1); process.exit(0);', 'process'],
    ['const f = (a = process) => a; f();', 'process'],
    ['pr\\u006fcess.exit();', 'process'],
    ['return globalThis.x;', 'globalThis'],
    ["return require('fs');", 'require'],
    ["import('x');", 'import'],
    ['return eval("1");', 'eval'],
    ['return new Function("return 1")();', 'Function'],
    ['return items.constructor;', '.constructor'],
    ["return items['con' + 'structor'];", "'constructor'"],
    ["return items[['con', 'structor'].join('')];", "items[['con', 'structor'].join('')]"],
    ["const k = 'CONSTRUCTOR'.toLowerCase(); return items[k];", 'items[k]'],
    ['return items[String.fromCharCode(99, 111)];', 'items[String.fromCharCode(99, 111)]'],
    ["let k = ''; for (const c of ['con', 'structor']) k += c; return items[k];", 'items[k]'],
    ["const j = (a, b) => a + b; return items[j('con', 'structor')];", "items[j('con', 'structor')]"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a completion.
    ["const c = 'con'; return items[`${c}structor`];", 'items[`${c}structor`]'],
    ["const { ['con'.concat('structor')]: F } = items;", "['con'.concat('structor')]"],
    ['Array.prototype.push = () => 1;', 'Array.prototype.push ='],
    ['const p = Array; p.prototype.x = 1;', 'p.prototype.x ='],
    ['Math.max = () => 1;', 'Math.max ='],
    ['Object.assign(Array.prototype, {});', 'Array.prototype ='],
    ['return { valueOf: () => 1 } as never;', 'valueOf:'],
    ['return { [Symbol.toPrimitive]: () => 1 } as never;', '.toPrimitive'],
    ['return new Proxy({}, {}) as never;', 'Proxy'],
    ['expect.extend({});', 'expect'],
  ])('may not: %s', (body, found) => {
    expect(inScript(body)).toBe(found);
  });

  it('may use what the original used, and nothing more', () => {
    const original = ' return Number(process.env.COUNT); ';
    expect(inScript('return process.env.A ? 1 : 2;', original)).toBeUndefined();
    expect(inScript('return process.constructor ? 1 : 2;', original)).toBe('.constructor');
  });

  it('may use names that the file declares, but not those of dangerous modules that it imports', () => {
    expect(inScript('return test(1);', undefined, 'const test = (n: number) => n;\n')).toBeUndefined();
    const imports = "import { readFileSync as read } from 'node:fs';\nimport { join } from 'node:path';\n";
    expect(inScript("return read('x').length;", undefined, imports)).toBe('read');
    expect(inScript("return join('x').length;", undefined, imports)).toBeUndefined();
    expect(inScript('join.x = 1;', undefined, imports)).toBe('join.x =');
  });
});

describe('a Python body', () => {
  it.each([
    '    return sum(1 for _ in items)',
    '    import math\n    return math.floor(len(items))',
    '    input = [x for x in items]\n    return len(input)',
    '    self = items\n    return max(self, key=lambda vars: vars)',
    '    print(items)\n    return sorted(items, reverse=True)[0].open()',
  ])('may be ordinary: %s', (body) => {
    expect(inPython(body)).toBeUndefined();
  });

  it.each([
    ['    import sys\n    sys.exit(0)', 'import sys'],
    ['    from os import _exit\n    _exit(0)', 'import os'],
    ['    raise SystemExit(0)', 'SystemExit'],
    ["    return __import__('os')", '__import__'],
    ["    return eval('1')", 'eval'],
    ["    return open('/etc/passwd').read()", 'open'],
    ['    return ().__class__.__base__', '__class__'],
    ["    return getattr(items, '__class__')", '"__class__"'],
    ['    class E:\n        def __eq__(self, other):\n            return True\n    return E()', '__eq__'],
    ['    from tests.test_count import expected\n    return expected', 'import tests'],
    ['    global items\n    return 1', 'global items'],
  ])('may not: %s', (body, found) => {
    expect(inPython(body)).toBe(found);
  });

  it('may use what the original used, and what it binds itself', () => {
    const before = 'import os\nimport json\n\n\n';
    expect(inPython("    return os.path.join('a')", "    return os.path.join('b')", before)).toBeUndefined();
    expect(inPython("    return os.path.join('a')", undefined, before)).toBe('os');
    expect(inPython('    return json.dumps(items)', undefined, before)).toBeUndefined();
    expect(inPython('    json.dumps = len', undefined, before)).toBe('json.dumps =');
  });
});
