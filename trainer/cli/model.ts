import type { Command } from 'commander';
import { HumanError } from '../../sandbox/humanError.ts';
import { type CommandContext, newCommand } from './command.ts';
import type { Progress } from './output.ts';
import { bytes, table } from './wording.ts';

export function modelCommand(context: CommandContext): Command {
  const command = newCommand('model', 'Get models from the Hugging Face hub, list and remove them.', [
    'model get HuggingFaceTB/SmolLM2-135M',
    'model get Qwen/Qwen2.5-Coder-0.5B --revision 8123ea2e9354afb7ffcc6c8641d1b2f5ecf18301',
    'model list',
    'train . --model HuggingFaceTB/SmolLM2-135M',
  ]).description(
    'Get models from the Hugging Face hub, list and remove them. They lie in the cache that all Hugging Face tools ' +
      'share (HF_HOME); HF_ENDPOINT names another hub, HF_TOKEN opens private models, HTTPS_PROXY names a proxy.',
  );
  for (const create of [getCommand, listCommand, removeCommand]) command.addCommand(create(context));
  return command;
}

function getCommand({ output, signal }: CommandContext): Command {
  return newCommand('get', 'Download a model; a download that was cut off goes on where it ended.', [
    'model get HuggingFaceTB/SmolLM2-135M',
    'model get bartowski/Qwen2.5-Coder-0.5B-GGUF/Qwen2.5-Coder-0.5B-Q8_0.gguf',
  ])
    .argument('<repository>', 'org/name; for one GGUF file of several: org/name/file.gguf')
    .option('--revision <revision>', 'a branch, tag or commit (default: main)')
    .action(async (name: string, { revision }: { readonly revision?: string }) => {
      const { getModel } = await import('../hub/getModel.ts');
      const { parseHubName } = await import('../hub/cache.ts');
      const wanted = parseHubName(name);
      if (!wanted)
        throw new HumanError(`"${name}" is no name of a model on the hub: give one such as org/name.`);
      let progress: Progress | undefined;
      try {
        const got = await getModel(revision === undefined ? wanted : { ...wanted, revision }, {
          signal,
          onPlan: ({ commit, files, total }) => {
            output.event({ event: 'plan', repository: wanted.repository, commit, files, bytes: total });
            output.say(`${wanted.repository} at ${commit}: ${files} files, ${bytes(total)}.`);
            progress = output.progress('Downloading', total);
          },
          onProgress: ({ done, file }) => progress?.update(done, file),
        });
        progress?.[Symbol.dispose]();
        progress = undefined;
        output.event({ event: 'result', ...got });
        output.say(`It is in ${got.path}. Use it with --model ${name}.`);
      } finally {
        progress?.[Symbol.dispose]();
      }
    });
}

function listCommand({ output }: CommandContext): Command {
  return newCommand('list', 'List the models that were downloaded, by this or any other tool.', [
    'model list',
  ]).action(async () => {
    const { cachePath } = await import('../hub/cache.ts');
    const { cachedModels } = await import('../hub/cachedModels.ts');
    const models = await cachedModels();
    for (const { id, size, path, revisions } of models) {
      const commits = revisions.map(({ commitOid, refs }) => ({ commit: commitOid, refs }));
      output.event({ event: 'model', repository: id.name, bytes: size, path, revisions: commits });
    }
    output.event({ event: 'result', cache: cachePath(), models: models.length });
    if (models.length === 0) {
      output.say(`No models in ${cachePath()}. Get one with: reinforce model get org/name`);
      return;
    }
    const rows = models.map(({ id, size, revisions }) => [
      id.name,
      revisions.map(({ commitOid, refs }) => refs[0] ?? commitOid.slice(0, 8)).join(', '),
      bytes(size),
    ]);
    output.say(`${table([['model', 'revisions', 'size'], ...rows], 2)}\n\nin ${cachePath()}`);
  });
}

function removeCommand({ output }: CommandContext): Command {
  return newCommand('remove', 'Remove a model from the cache, for all tools that share it.', [
    'model remove HuggingFaceTB/SmolLM2-135M',
  ])
    .argument('<repository>', 'org/name, as "model list" shows it')
    .action(async (repository: string) => {
      const { repositoryPath } = await import('../hub/cache.ts');
      const { removeModel } = await import('../hub/cachedModels.ts');
      await removeModel(repository);
      output.event({ event: 'result', removed: repositoryPath(repository) });
      output.say(`Removed ${repository}.`);
    });
}
