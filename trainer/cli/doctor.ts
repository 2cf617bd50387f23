import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Command } from 'commander';
import { HumanError } from '../../sandbox/humanError.ts';
import { probeBubblewrap } from '../../sandbox/isolation/probe.ts';
import { deviceTitles, fastest, took, tryDevices } from '../graph/device.ts';
import { isInstalled } from '../graph/providers.ts';
import { cachePath } from '../hub/cache.ts';
import { openModel } from '../model/loadModel.ts';
import { type WeightForm, weightForms } from '../model/weightForm.ts';
import { freeMemory, parameterCount, weightBytes } from '../model/weightMemory.ts';
import { type CommandContext, modelOption, newCommand } from './command.ts';
import { embeddedModel, versions } from './places.ts';
import { bytes } from './wording.ts';

interface Options {
  readonly model?: string;
}

export function doctorCommand(context: CommandContext): Command {
  return newCommand('doctor', 'Say what this machine has, and what would be used and why.', [
    'doctor',
    'doctor --model Qwen/Qwen2.5-Coder-0.5B',
    'doctor --json',
  ])
    .addOption(modelOption())
    .action((options: Options) => examine(context, options));
}

/** What could be found out, or why not: a part that fails does not keep the others from being told. */
type Found<T> = T | { readonly problem: string };

async function examine({ output, signal }: CommandContext, { model }: Options): Promise<void> {
  const { listSupportedBackends } = await import('onnxruntime-node');
  const own = versions();
  const node = {
    version: process.versions.node,
    path: process.execPath,
    platform: `${process.platform}-${process.arch}`,
  };
  const processor = { model: cpus()[0]?.model.trim() ?? 'unknown', threads: availableParallelism() };
  const memory = { total: totalmem(), free: freeMemory() };
  const providers = listSupportedBackends()
    .filter(({ name, bundled }) => bundled || isInstalled(name))
    .map(({ name }) => name);
  const trials = await tryDevices(signal);
  const device = fastest(trials);
  const devices = trials.map((trial) =>
    trial.works
      ? { device: trial.device, works: true, float16: trial.float16, detail: took(trial.timings) }
      : { device: trial.device, works: false, float16: false, detail: trial.remedy },
  );
  const verdict = await probeBubblewrap();
  const isolation = verdict.works
    ? { works: true, kind: verdict.isolation.kind }
    : { works: false, problem: verdict.remedy };
  const weights = await found(() => describeModel(model ?? embeddedModel));
  const cache = cachePath();

  output.event({
    event: 'result',
    versions: own,
    node,
    processor,
    memory,
    providers,
    devices,
    device,
    isolation,
    model: weights,
    cache,
  });
  const lines: [string, string][] = [
    ['Reinforce', `${own.reinforce}, ONNX Runtime ${own.onnxruntime}`],
    ['Node', `${node.version} for ${node.platform}, ${node.path}`],
    ['Processor', `${processor.model}, ${processor.threads} threads`],
    ['Memory', `${bytes(memory.free)} free of ${bytes(memory.total)}`],
    ['Providers', providers.join(', ')],
    ...devices.map(({ device, works, float16, detail }): [string, string] => [
      deviceTitles[device],
      works ? `works, ${float16 ? 'also' : 'not'} with weights in float16: ${detail}` : detail,
    ]),
    ['Device', `auto takes ${device.device}, because ${device.reason}`],
    ['Isolation', verdict.works ? `${verdict.isolation.kind} works` : verdict.remedy],
    ['Models', `from the hub lie in ${cache}`],
    [
      'Model',
      'problem' in weights
        ? weights.problem
        : `${weights.path} (${weights.family}, ${(weights.parameters / 1e6).toFixed(1)} million parameters, stored as ${weights.formats.join(', ')})`,
    ],
  ];
  if (!('problem' in weights)) {
    for (const form of weightForms) {
      const taken = weights.bytes[form];
      const verdict =
        taken > memory.free
          ? 'more than is free'
          : `${Math.ceil((100 * taken) / memory.free)}% of what is free`;
      const card = devices.some(({ device, works, float16 }) => {
        return device === 'webgpu' && works && (form !== 'float16' || float16);
      });
      const there = card ? '; as much on the graphics card, with WebGPU' : '';
      lines.push([`  as ${form}`, `${bytes(taken)} of memory for the weights, ${verdict}${there}`]);
    }
  }
  output.say(lines.map(([name, text]) => `${name.padEnd(12)} ${text}`).join('\n'));
}

interface DescribedModel {
  readonly path: string;
  readonly family: string;
  readonly parameters: number;
  readonly formats: readonly string[];
  readonly bytes: Readonly<Record<WeightForm, number>>;
}

async function describeModel(name: string): Promise<DescribedModel> {
  const { directory, config, source } = await openModel(name);
  return {
    path: directory,
    family: config.family.modelType,
    parameters: parameterCount(config),
    formats: [...new Set([...source.tensors.values()].map(({ format }) => format))],
    bytes: {
      float32: weightBytes(config, 'float32'),
      float16: weightBytes(config, 'float16'),
      int8: weightBytes(config, 'int8'),
      int4: weightBytes(config, 'int4'),
    },
  };
}

async function found<T>(find: () => Promise<T>): Promise<Found<T>> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof HumanError) return { problem: error.message };
    throw error;
  }
}
