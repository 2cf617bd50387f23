import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../sandbox/isolation/isolation.ts';
import { profile, seatbelt } from '../../../sandbox/isolation/seatbelt.ts';
import { windowsRemedy } from '../../../sandbox/isolation/windows.ts';

const program = { executable: '/opt/node', args: ['-e', '1'], reads: ['/opt/lib'], env: { A: 'b' } };

/** The rules of a profile, in order: action, operations, and what they apply to. */
function rules(text: string): { head: string; paths: string[] }[] {
  return text.split(/\n(?=\()/).map((rule) => ({
    head: rule.split('\n')[0]!,
    paths: [...rule.matchAll(/\((?:subpath|literal) "([^"]*)"\)/g)].map(([, path]) => path!),
  }));
}

describe('the profile for macOS', () => {
  const all = rules(profile(program, { workspace: '/work space/a"b' }));
  const allowing = (operation: string) =>
    all.filter(({ head }) => head.startsWith('(allow') && head.includes(operation));

  it('denies everything that it does not name, and balances its parentheses', () => {
    expect(all[1]!.head).toBe('(deny default)');
    const text = profile(program, { workspace: '/w' });
    expect(text.split('(').length).toBe(text.split(')').length);
  });

  it('allows no network', () => {
    expect(allowing('network')).toEqual([]);
    expect(all.at(-1)!.head).toBe('(deny network*)');
  });

  it('allows to write nothing but a temporary folder', () => {
    const writing = allowing('file-write');
    expect(writing.map(({ head }) => head)).toEqual([
      '(allow file-read* file-write* (subpath (param "TEMPORARY")) (literal "/dev/null"))',
    ]);
  });

  it('shows the system, the program and the workspace, but no home directory', () => {
    const shown = allowing('file-read* (require-any').flatMap(({ paths }) => paths);
    expect(shown).toEqual(expect.arrayContaining(['/usr/lib', '/opt/node', '/opt/lib']));
    expect(shown.some((path) => path.startsWith('/Users') || path === '/' || path === '/private')).toBe(
      false,
    );
    expect(profile(program, { workspace: '/work space/a"b' })).toContain('(subpath "/work space/a\\"b")');
  });

  it('hides the history and the runs, after all that it allows', () => {
    const hidden = rules(profile(program, { workspace: '/w' })).findLast(({ head }) =>
      head.startsWith('(deny file-read*'),
    );
    expect(hidden!.paths).toEqual(['/w/.git', '/w/.hg', '/w/.svn', '/w/.reinforce']);
  });

  it('shows a copy of the workspace under its own path, with what was not copied', () => {
    const view = { workspace: '/w', copy: '/copy', uncopied: ['node_modules'] };
    const shown = rules(profile(program, view)).flatMap(({ paths }) => paths);
    expect(shown).toEqual(expect.arrayContaining(['/copy', '/w/node_modules']));
    expect(shown).not.toContain('/w');
    expect(seatbelt.command(program, view, DEFAULT_LIMITS).cwd).toBe('/copy');
  });
});

describe('the command for macOS', () => {
  let programs: string;
  beforeEach(() => {
    programs = mkdtempSync(join(tmpdir(), 'programs-'));
    // Stands for Apple's: says what it was given, and runs the program.
    const script = `#!/bin/bash\nprintf '%s\\n' "$@" > ${programs}/given\nshift 4\nulimit -t >> ${programs}/limits\necho "$HOME" > ${programs}/home\nexec "$@"\n`;
    writeFileSync(join(programs, 'sandbox-exec'), script);
    chmodSync(join(programs, 'sandbox-exec'), 0o755);
  });
  afterEach(() => rmSync(programs, { recursive: true }));

  it('runs the program within limits, in a folder of its own that is gone afterwards', () => {
    const shell = { ...program, executable: '/bin/echo', args: ['hello', 'two words'] };
    const { file, args, env } = seatbelt.command(shell, { workspace: '/usr' }, DEFAULT_LIMITS);
    const out = execFileSync(file, [...args], { env: { ...env, PATH: `${programs}:${process.env.PATH}` } });
    expect(out.toString()).toBe('hello two words\n');
    const given = readFileSync(join(programs, 'given'), 'utf8');
    expect(given).toMatch(/^-D\nTEMPORARY=\/tmp\/reinforce-run\.\w+\n-p\n\(version 1\)\n/);
    expect(readFileSync(join(programs, 'limits'), 'utf8').trim()).toBe(`${DEFAULT_LIMITS.cpuSeconds}`);
    expect(existsSync(readFileSync(join(programs, 'home'), 'utf8').trim())).toBe(false);
  });
});

describe('on Windows the remedy', () => {
  const remedy = (list: string | undefined, bubblewrap = true) =>
    windowsRemedy(async ([first]) =>
      first === '--list'
        ? { failed: list === undefined, stdout: list ?? '' }
        : { failed: !bubblewrap, stdout: '' },
    );
  const utf16 = (text: string) => [...text].join('\0');

  it('is to install WSL where it is missing, or has no Linux', async () => {
    expect(await remedy(undefined)).toMatch(/run "wsl --install" in a terminal/);
    expect(await remedy('  NAME  STATE  VERSION\r\n')).toMatch(/wsl --install Ubuntu/);
  });

  it('is to make version 2 of version 1', async () => {
    expect(await remedy(utf16('  NAME      STATE    VERSION\r\n* Debian    Stopped  1\r\n'))).toMatch(
      /wsl --set-version Debian 2/,
    );
  });

  it('is to open the folder there, and to install bubblewrap where it is missing', async () => {
    const list = utf16(
      '  NAME      STATE    VERSION\r\n  Debian    Stopped  1\r\n* Ubuntu    Running  2\r\n',
    );
    expect(await remedy(list)).toMatch(
      /open the folder there \("WSL: Reopen Folder in WSL", Ubuntu\), or accept/,
    );
    expect(await remedy(list, false)).toMatch(/apt-get install -y bubblewrap/);
  });
});
