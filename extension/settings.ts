import * as vscode from 'vscode';
import type { DeviceWish, IsolationWish, TrainingWish } from '../trainer/protocol.ts';

const section = 'reinforce';

/** The trainer's settings that have one of VS Code's, by the trainer's name. */
export const trainingSettings = [
  'steps',
  'minutes',
  'minTests',
  'testFiles',
  'tasksPerStep',
  'tries',
  'evaluationTries',
  'evaluateEvery',
  'acceptedEpochs',
  'promptTokens',
  'maxTokens',
  'temperature',
  'learningRate',
  'rank',
  'alpha',
  'beta',
  'seed',
  'klLimit',
  'entropyFloor',
  'microBatchTokens',
  'memoryMegabytes',
  'activationCheckpointing',
  'baseWeights',
] as const;

/** Settings of which 0 says that there is none: no limit of time, and the learning rate that suits the model. */
const leftToTrainer: ReadonlySet<string> = new Set(['minutes', 'learningRate']);

const read = <T>(name: string, instead: T, folder?: vscode.Uri): T =>
  vscode.workspace.getConfiguration(section, folder).get<T>(name, instead);

export const nodePath = (): string => read('nodePath', '').trim();
export const pausesOnBattery = (): boolean => read('training.pauseOnBattery', true);
export const yieldsWhileTyping = (): boolean => read('training.yieldWhileTyping', true);
/** Directory of the base model; undefined for the embedded one. */
export const baseModel = (folder?: vscode.Uri): string | undefined =>
  read('model', '', folder).trim() || undefined;
export const isolationWish = (folder?: vscode.Uri): IsolationWish => read('isolation', 'auto', folder);
export const deviceWish = (folder?: vscode.Uri): DeviceWish => read('device', 'auto', folder);

export function setBaseModel(directory: string | undefined): Thenable<void> {
  const hasWorkspace = (vscode.workspace.workspaceFolders ?? []).length > 0;
  const target = hasWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  return vscode.workspace.getConfiguration(section).update('model', directory, target);
}

/** What the settings of a folder make of a training. */
export function trainingWish(folder: vscode.Uri): TrainingWish {
  const model = baseModel(folder);
  const configured = trainingSettings.map(
    (name) =>
      [
        name,
        read<number | boolean | string | readonly string[] | undefined>(
          `training.${name}`,
          undefined,
          folder,
        ),
      ] as const,
  );
  // What is left to the trainer is 0 in the settings.
  const settings = Object.fromEntries(
    configured.filter(([name, value]) => value !== undefined && !(leftToTrainer.has(name) && value === 0)),
  );
  const common = { device: deviceWish(folder), isolation: isolationWish(folder), settings };
  return model === undefined ? common : { ...common, model };
}
