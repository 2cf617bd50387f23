import { beforeAll, describe, expect, it } from 'vitest';
import { PythonFunctionEnd } from '../../../sandbox/tasks/pythonFunctionEnd.ts';
import { SyntaxTrees } from '../../../sandbox/tasks/syntaxTrees.ts';

let trees: SyntaxTrees;
beforeAll(async () => {
  trees = await SyntaxTrees.load();
});

const find = (text: string) =>
  trees
    .functionsOf('python', text)
    .functions.map(({ name, line, headerStart, bodyStart, bodyEnd, inline }) => ({
      name,
      line,
      header: text.slice(headerStart, bodyStart),
      body: text.slice(bodyStart, bodyEnd),
      inline,
    }));

describe('functions of a Python module', () => {
  it('have comments, decorators and a docstring in their header', () => {
    const text =
      'x = 1\n\n# Twice.\n@cache\ndef twice(n):\n    """Two times n."""\n    return 2 * n\n\ny = 2\n';
    expect(find(text)).toEqual([
      {
        name: 'twice',
        line: 5,
        header: '# Twice.\n@cache\ndef twice(n):\n    """Two times n."""\n',
        body: '    return 2 * n',
        inline: undefined,
      },
    ]);
  });

  it('are those at the top level and in classes, not those inside functions', () => {
    const text =
      'class A:\n    class B:\n        async def f(self):\n            return 1\n    @property\n    def g(self):  # g\n        def inner():\n            return 2\n        return inner()\n';
    expect(find(text).map(({ name, body }) => [name, body])).toEqual([
      ['A.B.f', '            return 1'],
      ['A.g', '        def inner():\n            return 2\n        return inner()'],
    ]);
  });

  it('say when their body stands on the line of the header', () => {
    expect(find('def f(): return 1\n')).toMatchObject([{ name: 'f', body: ' return 1', inline: true }]);
  });

  it('may have nothing but a docstring', () => {
    expect(find('def f():\n    """Nothing."""\n')).toMatchObject([{ body: '' }]);
  });

  it('have offsets of JavaScript strings beyond ASCII', () => {
    expect(find("s = '日本🎌'\ndef f():\n    return '🎌'\n")[0]!.body).toBe("    return '🎌'");
  });
});

describe('fits, in Python', () => {
  const task = {
    language: 'python',
    prefix: 'class A:\n    def f(self, n):\n        """Doc."""\n',
    suffix: '\n\n    def g(self):\n        return 2\n',
  } as const;

  it('takes every body that stays in its block', () => {
    for (const body of [
      '        return n',
      '        if n:\n            return 1\n        return 2  # two',
      '        # so\n        def inner():\n            return 1\n        return inner()',
      '        return """\n}\n"""',
      '        return [\n1,\n]\n        # end\n',
    ]) {
      expect(trees.fits(task, body), body).toBe(true);
    }
  });

  it('refuses a body that leaves its block, is empty or is not finished', () => {
    for (const body of [
      '',
      '        return 1\n\n    def h(self):\n        return 2',
      '        return 1\nimport os',
      '        return (n',
      '    return n',
      '        return """',
    ]) {
      expect(trees.fits(task, body), body).toBe(false);
    }
  });
});

describe('the end of a Python function', () => {
  const end = (text: string) => {
    const whole = new PythonFunctionEnd();
    const once = whole.push(`${text}   `);
    const single = new PythonFunctionEnd();
    let bySteps: number | undefined;
    for (const char of `${text}   `) bySteps ??= single.push(char);
    expect(bySteps).toBe(once);
    return once === undefined ? undefined : text.slice(0, once);
  };

  it('is before the first line that stands further left', () => {
    expect(end('    a = 1\n    return a\n\n\ndef g():\n    pass\n')).toBe('    a = 1\n    return a');
    expect(end('        return 1\n\n    def g(self):\n')).toBe('        return 1');
  });

  it('is not inside brackets, strings, comments or deeper blocks', () => {
    const body = '    if a:\n        b = [\n1,\n]\n    # c\n    s = """\nx\n"""\n    return \'#\'  # (';
    expect(end(`${body}\nnext = 1\n`)).toBe(body);
  });

  it('is not seen before it has come', () => {
    expect(end('    return 1\n    ')).toBeUndefined();
  });
});
