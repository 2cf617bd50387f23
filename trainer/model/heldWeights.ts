/** What every program of a model is given and none changes: its base weights, and the tables of its rotary positions. */
import { computesWithFloat16 } from '../graph/float16Support.ts';
import type { Value } from '../graph/graph.ts';
import { type CompileOptions, type Device, type Frozen, keepsTensors, Program } from '../graph/program.ts';
import { disposeAll, type Resident, type Traffic } from '../graph/residentTensor.ts';
import { Upload } from '../graph/upload.ts';
import type { LlamaConfig } from './config.ts';
import {
  type BaseWeights,
  frozenWeights,
  type WeightToCopy,
  weightsToCopy,
  withoutFloat16,
} from './frozen.ts';
import { frozenRotaryTables, rotaryTables } from './rotary.ts';
import type { WeightForm } from './weightForm.ts';

export interface WeightHolding {
  readonly config: LlamaConfig;
  readonly weights: BaseWeights;
  /** What base weights in float32 are put into. */
  readonly precision?: WeightForm | undefined;
  readonly device?: Device | undefined;
  /** Counts what is copied to the device. */
  readonly traffic?: Traffic | undefined;
}

export class HeldWeights implements AsyncDisposable {
  readonly frozen: ReadonlyMap<string, Frozen | Resident>;
  readonly #release: () => Promise<void>;

  constructor(frozen: HeldWeights['frozen'], release: () => Promise<void> = async () => {}) {
    this.frozen = frozen;
    this.#release = release;
  }

  /** A program that is given the weights; where it cannot be compiled, they are held no longer. */
  async compile(outputs: Readonly<Record<string, Value>>, options: CompileOptions): Promise<Program> {
    try {
      return await Program.compile(outputs, { ...options, frozen: this.frozen });
    } catch (error) {
      await this[Symbol.asyncDispose]();
      throw error;
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#release();
  }
}

/** What is on a device, and how many hold it. */
interface Copy {
  readonly resident: Promise<ResidentWeights>;
  holders: number;
}

/** By device and form. */
const copies = new WeakMap<BaseWeights, Map<string, Copy>>();

/**
 * Weights for programs of a device. Where it keeps tensors, all programs of this process share one copy there, which is
 * made for the first that holds it and goes with the last. To be disposed after the programs.
 *
 * @throws HumanError where the device has no products of weights in that form.
 */
export async function holdWeights(holding: WeightHolding): Promise<HeldWeights> {
  const { config, weights, precision = 'float32', device = 'cpu' } = holding;
  if (!keepsTensors(device)) {
    const frozen = new Map([...frozenWeights(weights, precision, device), ...frozenRotaryTables(config)]);
    return new HeldWeights(frozen);
  }
  const own = copies.get(weights) ?? new Map<string, Copy>();
  copies.set(weights, own);
  const key = `${device} ${precision}`;
  const copy = own.get(key) ?? { resident: ResidentWeights.upload(holding, precision, device), holders: 0 };
  own.set(key, copy);
  copy.holders++;
  const release = async () => {
    if (--copy.holders > 0) return;
    own.delete(key);
    await (await copy.resident)[Symbol.asyncDispose]();
  };
  try {
    return new HeldWeights((await copy.resident).tensors, release);
  } catch (error) {
    own.delete(key);
    throw error;
  }
}

class ResidentWeights implements AsyncDisposable {
  readonly tensors = new Map<string, Resident>();
  /** What a device has lives no longer than the last of its programs: this one is there as long as the weights. */
  readonly #way: Upload;
  /** Whether the device computes with it, once that matters. */
  #float16: Promise<boolean> | undefined;

  private constructor(way: Upload) {
    this.#way = way;
  }

  static async upload(
    { config, weights, traffic }: WeightHolding,
    form: WeightForm,
    device: Device,
  ): Promise<ResidentWeights> {
    const resident = new ResidentWeights(new Upload({ device, traffic }));
    try {
      for (const weight of weightsToCopy(weights, form, device)) await resident.#put(weight, device);
      for (const [name, { shape, data }] of Object.entries(rotaryTables(config, config.maxPositions))) {
        await resident.#put({ name, shape, data: data as Float32Array }, device);
      }
      return resident;
    } catch (error) {
      await resident[Symbol.asyncDispose]();
      throw error;
    }
  }

  async #put({ name, shape, data }: WeightToCopy, device: Device): Promise<void> {
    if (data instanceof Uint16Array) {
      this.#float16 ??= computesWithFloat16(device);
      if (!(await this.#float16)) throw withoutFloat16();
    }
    const tensor = ArrayBuffer.isView(data)
      ? await this.#way.toDevice({ shape, data })
      : await this.#way.blocksToDevice(data);
    this.tensors.set(name, tensor);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    disposeAll(this.tensors);
    await this.#way[Symbol.asyncDispose]();
  }
}
