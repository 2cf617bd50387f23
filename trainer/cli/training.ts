/** A training run from the command line. */
import { keepsTensors } from '../graph/program.ts';
import { openModel } from '../model/loadModel.ts';
import { freeMemory, weightBytes } from '../model/weightMemory.ts';
import { memoryNeed } from '../run/memoryNeed.ts';
import type { TrainResult } from '../run/train.ts';
import { type TrainingEvent, type TrainingPlan, trainWorkspace } from '../session/train.ts';
import type { CommandContext } from './command.ts';
import type { Output } from './output.ts';
import { TrainingReport } from './trainingReport.ts';
import { bytes, shellWord } from './wording.ts';
import { CollectReport } from './workspace.ts';

/**
 * Trains, and says how it goes.
 *
 * @throws HumanError for what a person can mend. @throws the signal's reason when aborted; the run can be resumed.
 */
export async function runTraining(context: CommandContext, plan: TrainingPlan): Promise<TrainResult> {
  const { output, signal } = context;
  const { expected, weights } = await sayMemory(output, plan);
  using collecting = new CollectReport(output);
  let report: TrainingReport | undefined;
  let started: Extract<TrainingEvent, { event: 'run' }> | undefined;
  const onEvent = (event: TrainingEvent): void => {
    switch (event.event) {
      case 'device':
        output.event({ ...event });
        output.say(`Device: ${event.device}, because ${event.reason}.`);
        if (keepsTensors(event.device)) {
          output.say(`The weights are in its memory too: ${bytes(weights)} as ${plan.settings.baseWeights}.`);
        }
        return;
      case 'isolation':
      case 'collecting':
      case 'collected':
        collecting.onEvent(event);
        return;
      case 'run': {
        const { path, resumed, settings, tasks } = event;
        started = event;
        output.event({ event: 'run', run: path, resumed, settings });
        output.say(`${resumed ? 'Going on with' : 'Run'} ${path}`);
        report = new TrainingReport(output, settings, tasks, resumed);
        return;
      }
      default:
        report?.onEvent(event);
    }
  };
  try {
    const { run, result } = await trainWorkspace(plan, { signal, as: 'reinforce train', onEvent });
    await report!.finish(result, run);
    const peak = 1024 * process.resourceUsage().maxRSS;
    output.say(`Memory at its peak: ${bytes(peak)}, where about ${bytes(expected)} were expected.`);
    return result;
  } catch (error) {
    if (signal.aborted && started) {
      output.say(`Stopped. Go on with: reinforce train ${shellWord(plan.workspace)} --resume ${started.id}`);
    }
    throw error;
  } finally {
    report?.[Symbol.dispose]();
  }
}

/** Before anything is loaded; answers the bytes of the weights and those expected at the peak. `reinforce doctor` has the other forms. */
async function sayMemory(
  output: Output,
  { model, settings }: TrainingPlan,
): Promise<{ weights: number; expected: number }> {
  const { directory, config } = await openModel(model);
  const form = settings.baseWeights;
  const [needed, free] = [weightBytes(config, form), freeMemory()];
  output.event({ event: 'weights', model: directory, form, bytes: needed, free });
  output.say(`Weights: ${bytes(needed)} as ${form}; ${bytes(free)} of memory are free.`);
  const { weights, sampling, learning, total } = memoryNeed(config, settings);
  output.event({ event: 'memory', bytes: { weights, sampling, learning, total }, free });
  output.say(
    `Memory: about ${bytes(total)} at the peak, of which weights and their copies ${bytes(weights)}, sampling ${bytes(sampling)}, learning ${bytes(learning)}.`,
  );
  return { weights: needed, expected: total };
}
