/** A training run from the command line: everything is checked first, then the run directory is made. */
import { HumanError } from '../../sandbox/humanError.ts';
import { chooseDevice } from '../graph/device.ts';
import { loadModel } from '../model/loadModel.ts';
import { RunDirectory } from '../run/runDirectory.ts';
import type { TrainSettings } from '../run/settings.ts';
import { type TrainResult, train } from '../run/train.ts';
import { prepareRuns } from '../run/workspaceRuns.ts';
import type { CommandContext, WantedDevice, WantedIsolation } from './command.ts';
import { versions } from './places.ts';
import { TrainingReport } from './trainingReport.ts';
import { collectTasks, openEnvironment } from './workspace.ts';

export interface TrainingPlan {
  readonly workspace: string;
  /** Directory of the base model. */
  readonly model: string;
  readonly settings: TrainSettings;
  readonly device: WantedDevice;
  readonly isolation: WantedIsolation;
  /** Directory of the run to go on with; without it a new one is made. */
  readonly resume?: string | undefined;
}

/**
 * Trains, and says how it goes. However it ends, the run directory says so: finished, stopped or failed.
 *
 * @throws HumanError for what a person can mend; nothing is written then if it was wrong from the start. @throws the
 *   signal's reason when aborted; the run can be resumed.
 */
export async function runTraining(context: CommandContext, plan: TrainingPlan): Promise<TrainResult> {
  const { output, signal } = context;
  const { workspace, settings } = plan;
  const model = await loadModel(plan.model);
  const { device, reason } = await chooseDevice(plan.device, signal);
  output.event({ event: 'device', device, reason });
  output.say(`Device: ${device}, because ${reason}.`);
  await using environment = await openEnvironment(context, workspace, plan.isolation);
  const { tasks } = await collectTasks(context, environment);

  await using run = plan.resume
    ? await RunDirectory.open(plan.resume)
    : await RunDirectory.create(await prepareRuns(environment.workspace), {
        workspace: environment.workspace,
        model: model.directory,
        seed: settings.seed,
        config: settings,
        versions: { ...versions(), device },
      });
  output.event({ event: 'run', run: run.path, resumed: plan.resume !== undefined, settings });
  output.say(`${plan.resume ? 'Going on with' : 'Run'} ${run.path}`);
  using report = new TrainingReport(output, settings, tasks, plan.resume !== undefined);
  try {
    const { onEvent } = report;
    const result = await train({
      model,
      tasks,
      grader: environment,
      run,
      settings,
      device,
      signal,
      onEvent,
    });
    await run.finish('finished', result.braked);
    await report.finish(result, run.path);
    return result;
  } catch (error) {
    await noteEnd(run, error, signal);
    if (signal.aborted) {
      output.say(`Stopped. Go on with: reinforce train ${workspace} --resume ${run.info.id}`);
    }
    throw error;
  }
}

/** What ended the run matters more than that it could not be written down, as on a full disk. */
async function noteEnd(run: RunDirectory, error: unknown, signal: AbortSignal): Promise<void> {
  const stopped = signal.aborted;
  const reason = error instanceof HumanError ? error.message : `It failed unexpectedly: ${error}`;
  await run.finish(stopped ? 'stopped' : 'failed', stopped ? 'It was stopped.' : reason).catch(() => {});
}
