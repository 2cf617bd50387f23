/** A policy in memory, ready to complete. */
import { SyntaxTrees } from '../../sandbox/tasks/syntaxTrees.ts';
import { embeddedModel } from '../cli/places.ts';
import { chooseDevice, type DeviceChoice } from '../graph/device.ts';
import { readBaseWeights } from '../model/frozen.ts';
import { openModel } from '../model/loadModel.ts';
import { doubtAbout, readAdapterOf } from '../model/peft.ts';
import { needMemory, parameterCount } from '../model/weightMemory.ts';
import { PromptSession } from '../policy/promptSession.ts';
import type { CompleteAnswer, CompleteRequest, PolicyToLoad } from '../protocol/completion.ts';
import { trainedPromptShape, usualSuffixTokens } from '../run/promptShape.ts';
import { finish } from './finish.ts';
import { placeOf } from './place.ts';
import { completionPrompt, type PromptContext } from './prompt.ts';
import { TokenTexts } from './tokenTexts.ts';
import { type Writer, write } from './write.ts';

/** Prompts grow to a quarter of what the model reads, and no further than this: each token read costs time. */
const mostPromptTokens = 1024;

/**
 * Larger models are held in 8-bit blocks: a quarter of the memory, and on the processor quicker tokens, which is what
 * somebody who types waits for.
 */
const mostInFloat32 = 30e6;

export class CompletionPolicy implements AsyncDisposable {
  readonly #writer: Writer;
  readonly #context: PromptContext;
  readonly #positions: number;
  readonly parameters: number;
  readonly device: DeviceChoice;

  private constructor(
    writer: Writer,
    context: PromptContext,
    positions: number,
    parameters: number,
    device: DeviceChoice,
  ) {
    this.#writer = writer;
    this.#context = context;
    this.#positions = positions;
    this.parameters = parameters;
    this.device = device;
  }

  /** @throws HumanError that names what is wrong with the model's or the adapter's files, or with the device. */
  static async load({
    model: directory,
    adapter: tuned,
    device: wanted = 'cpu',
  }: PolicyToLoad): Promise<CompletionPolicy> {
    const choice = await chooseDevice(wanted);
    const { device } = choice;
    const model = await openModel(directory ?? embeddedModel);
    const { config, tokenizer } = model;
    const adapter = tuned === undefined ? undefined : await readAdapterOf(model, tuned);
    const doubt = adapter && doubtAbout(tuned!, adapter);
    if (doubt !== undefined) console.warn(doubt);
    const parameters = parameterCount(config);
    const form = device !== 'cuda' && parameters > mostInFloat32 ? 'int8' : 'float32';
    needMemory(model.directory, config, form);
    const session = await PromptSession.create({
      config,
      weights: await readBaseWeights(model.source, config, form, adapter),
      device,
    });
    const texts = new TokenTexts(tokenizer, config.eosTokenIds);
    const budget = Math.min(mostPromptTokens, config.maxPositions >> 2);
    const trained = await trainedPromptShape(tuned);
    const bodyBudget = Math.min(budget, trained.promptTokens);
    const context = {
      tokenizer,
      texts,
      trees: await SyntaxTrees.load(),
      budget,
      bodyBudget,
      bodySuffixTokens: trained.suffixTokens ?? usualSuffixTokens(model, bodyBudget),
    };
    return new CompletionPolicy(
      { session, tokenizer, texts },
      context,
      config.maxPositions,
      parameters,
      choice,
    );
  }

  get contextTokens(): number {
    return this.#positions;
  }

  get fillsInTheMiddle(): boolean {
    return this.#context.tokenizer.fim !== undefined;
  }

  /** One at a time. When `signal` aborts, the answer is nothing, "cancelled". */
  async complete(request: CompleteRequest, signal: AbortSignal): Promise<CompleteAnswer> {
    let tokens = 0;
    try {
      const place = placeOf(request);
      const prompt = completionPrompt(request, place, this.#context);
      const { text, stop, timings } = await write(this.#writer, prompt, place, {
        maxTokens: Math.min(request.maxTokens, this.#positions - prompt.tokens.length),
        signal,
        onToken: () => tokens++,
      });
      const finished = finish(text, stop, place);
      return finished.kind === 'nothing'
        ? { ...finished, tokens }
        : { ...finished, stop, form: prompt.form, timings };
    } catch (error) {
      if (!signal.aborted) throw error;
      return { kind: 'nothing', reason: 'cancelled', tokens };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writer.session[Symbol.asyncDispose]();
  }
}
