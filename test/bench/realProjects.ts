/**
 * `npm run real-projects [name …] [-- --save]`: fetches published libraries that ship their tests into an ignored folder,
 * collects their tasks and grades completions of them. Prints one JSON object a project.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { cpus, loadavg, platform } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { execa } from 'execa';
import { z } from 'zod';
import { Environment, type MinedTasks } from '../../sandbox/environment.ts';
import type { Reward } from '../../sandbox/reward.ts';
import type { Task } from '../../sandbox/tasks/task.ts';
import { replaceJson } from '../../trainer/files/replaceFile.ts';

interface Project {
  readonly registry: 'npm' | 'PyPI';
  readonly name: string;
  readonly version: string;
  readonly framework: string;
  /** What its tests need, besides its own dependencies. */
  readonly packages?: readonly string[];
}

const PROJECTS: readonly Project[] = [
  {
    registry: 'npm',
    name: '@fastify/accept-negotiator',
    version: '2.1.2',
    framework: 'node:test',
    packages: ['@matteo.collina/tspl'],
  },
  { registry: 'npm', name: '@fastify/proxy-addr', version: '5.1.3', framework: 'node:test' },
  {
    registry: 'npm',
    name: 'object-path',
    version: '0.11.8',
    framework: 'mocha',
    packages: ['mocha@11', 'chai@4'],
  },
  {
    registry: 'npm',
    name: 'fastest-levenshtein',
    version: '1.0.16',
    framework: 'jest',
    packages: ['jest@29'],
  },
  { registry: 'PyPI', name: 'inflection', version: '0.5.1', framework: 'pytest' },
  { registry: 'PyPI', name: 'titlecase', version: '2.4.1', framework: 'pytest' },
  { registry: 'PyPI', name: 'toolz', version: '1.2.0', framework: 'pytest' },
  { registry: 'PyPI', name: 'roman', version: '5.2', framework: 'unittest' },
  { registry: 'PyPI', name: 'python-slugify', version: '9.2.0', framework: 'unittest' },
  { registry: 'PyPI', name: 'cachetools', version: '8.0.2', framework: 'unittest' },
  { registry: 'PyPI', name: 'more-itertools', version: '11.2.1', framework: 'unittest' },
];

const root = join(import.meta.dirname, '../..');
const cache = join(root, '.cache/real-projects');
const resultPath = join(import.meta.dirname, 'results/real-projects.json');

/** A project that takes longer than this to collect is given up, which its result says. */
const MAX_MINUTES = 20;

/** Gradings whose rate is measured. */
const GRADINGS = 60;

async function main(asked: readonly string[], { save }: { readonly save?: true }): Promise<void> {
  for (const project of PROJECTS) {
    if (asked.length > 0 && !asked.includes(project.name)) continue;
    const result = await measure(project);
    console.log(JSON.stringify(result));
    if (save) await keep(result);
  }
}

const kept = z.object({ projects: z.array(z.looseObject({ name: z.string() })) });

/** Keeps a result in the place of the project's earlier one. */
async function keep(result: Awaited<ReturnType<typeof measure>>): Promise<void> {
  const { projects } = kept.parse(JSON.parse(await readFile(resultPath, 'utf8')));
  const results = new Map<string, object>(projects.map((project) => [project.name, project]));
  results.set(result.name, result);
  await replaceJson(resultPath, {
    projects: PROJECTS.flatMap(({ name }) => results.get(name) ?? []),
  });
}

/** When and where it was measured. */
function circumstances() {
  return {
    date: new Date().toISOString(),
    cpu: cpus()[0]?.model,
    threads: cpus().length,
    platform: platform(),
    node: process.version,
    loadBefore: round(loadavg()[0]!),
  };
}

async function measure(project: Project) {
  const { registry, name, version, framework } = project;
  const folder = await fetchProject(project);
  await rm(join(folder, '.reinforce'), { recursive: true, force: true });
  await using environment = await Environment.open(folder);
  const measured = circumstances();
  let mined: MinedTasks;
  try {
    mined = await environment.mine({ signal: AbortSignal.timeout(MAX_MINUTES * 60_000) });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { registry, name, version, framework, error: message.replaceAll(folder, name), measured };
  }
  const again = await environment.mine();
  const { tasks, rejected, leftOut } = mined;
  const graded = await grade(environment, tasks);
  return {
    registry,
    name,
    version,
    framework,
    tasks: tasks.length,
    train: tasks.filter(({ split }) => split === 'train').length,
    functions: tasks.length + rejected.length,
    rejected: count(rejected.map(({ reason }) => reason)),
    testsLeftOut: count(leftOut.map(({ reason }) => reason)),
    testsATask: round(tasks.reduce((sum, { tests }) => sum + tests.length, 0) / tasks.length),
    tasksWithNegations: tasks.filter(({ controls }) => controls && controls.negations.length > 0).length,
    tasksWithCanaries: tasks.filter(({ controls }) => controls && controls.canaries.length > 0).length,
    secondsToMine: round(mined.seconds),
    secondsToMineAgain: round(again.seconds),
    ...graded,
    measured,
  };
}

/** Grades the bodies that the libraries' authors wrote, which must pass, and bodies that do nothing, which must not. */
async function grade(environment: Environment, tasks: readonly Task[]) {
  const chosen = Array.from({ length: GRADINGS }, (_, i) => ({ task: tasks[i % tasks.length]!, round: i }));
  const written = ({ task, round: i }: (typeof chosen)[number]) =>
    `${task.body}${task.language === 'python' ? `  # ${i}` : `/* ${i} */`}`;
  const start = performance.now();
  const originals = await Promise.all(chosen.map((each) => environment.grade(each.task, written(each))));
  const seconds = (performance.now() - start) / 1000;
  const nothing = await Promise.all(
    tasks.map((task) =>
      environment.grade(task, task.language === 'python' ? `${/^\s*/.exec(task.body)![0]}pass` : ' return; '),
    ),
  );
  const passed = (rewards: readonly Reward[]) => rewards.filter(({ verdict }) => verdict === 'passed').length;
  return {
    gradingsPerSecond: round(GRADINGS / seconds),
    originalsPassed: `${passed(originals)} of ${originals.length}`,
    emptyBodiesPassed: `${passed(nothing)} of ${nothing.length}`,
    otherVerdicts: count(originals.filter(({ value }) => value < 1).map(({ verdict }) => verdict)),
  };
}

/** Downloads a project once, with the registry's own client. */
async function fetchProject(project: Project): Promise<string> {
  const folder = join(cache, project.name.replace('/', '-').replace('@', ''));
  if (existsSync(join(folder, '.complete'))) return folder;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  if (project.registry === 'npm') await fetchFromNpm(project, folder);
  else await fetchFromPyPI(project, folder);
  await execa('touch', [join(folder, '.complete')]);
  return folder;
}

async function fetchFromNpm({ name, version, packages = [] }: Project, folder: string): Promise<void> {
  const archives = join(cache, 'archives');
  await mkdir(archives, { recursive: true });
  const { stdout } = await execa('npm', [
    'pack',
    '--silent',
    '--pack-destination',
    archives,
    `${name}@${version}`,
  ]);
  await execa('tar', ['xzf', join(archives, stdout.trim()), '-C', folder, '--strip-components=1']);
  // Of its tools only what runs its tests.
  await execa('npm', ['pkg', 'delete', 'devDependencies'], { cwd: folder });
  const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps'];
  await execa('npm', [...install, ...packages], { cwd: folder });
}

async function fetchFromPyPI({ name, version }: Project, folder: string): Promise<void> {
  const archives = join(cache, 'archives');
  const only = ['--no-deps', '--no-binary', ':all:', '--dest', archives];
  await execa('python3', ['-m', 'pip', 'download', '--quiet', ...only, `${name}==${version}`]);
  const stem = name.replaceAll('-', '_');
  const archive = (await readdir(archives)).find((file) =>
    file.replaceAll('-', '_').startsWith(`${stem}_${version}`),
  );
  await execa('tar', ['xzf', join(archives, archive!), '-C', folder, '--strip-components=1']);
}

function count(words: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    [...Map.groupBy(words, (word) => word)].map(([word, group]) => [word, group.length]),
  );
}

const round = (value: number) => Math.round(value * 10) / 10;

await new Command('real-projects')
  .argument('[names...]', 'projects to measure (default: all)')
  .option('--save', `keep the results in ${resultPath}`)
  .action(main)
  .parseAsync();
