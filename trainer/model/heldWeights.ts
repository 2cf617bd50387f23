/** What every program of a model is given and none changes: its base weights, and the tables of its rotary positions. */
import { computesWithFloat16 } from '../graph/float16Support.ts';
import { type Device, type Frozen, keepsTensors } from '../graph/program.ts';
import { disposeAll, type ResidentTensor, type Traffic } from '../graph/residentTensor.ts';
import { type HostTensor, Upload } from '../graph/upload.ts';
import type { LlamaConfig } from './config.ts';
import { type BaseWeights, frozenWeights, weightsToCopy, withoutFloat16 } from './frozen.ts';
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

export interface HeldWeights extends AsyncDisposable {
  readonly frozen: ReadonlyMap<string, Frozen | ResidentTensor>;
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
    return { frozen, [Symbol.asyncDispose]: async () => {} };
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
    return { frozen: (await copy.resident).tensors, [Symbol.asyncDispose]: release };
  } catch (error) {
    own.delete(key);
    throw error;
  }
}

class ResidentWeights implements AsyncDisposable {
  readonly tensors = new Map<string, ResidentTensor>();
  /** What a device has lives no longer than the last of its programs: this one is there as long as the weights. */
  readonly #way: Upload;
  #computes: Promise<boolean> | undefined;

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
      for (const [name, tensor] of weightsToCopy(weights, form, device)) {
        const halves = tensor.data instanceof Uint16Array;
        if (halves && !(await resident.#float16(device))) throw withoutFloat16();
        await resident.#put(name, tensor);
      }
      for (const [name, table] of Object.entries(rotaryTables(config, config.maxPositions))) {
        await resident.#put(name, table as HostTensor);
      }
      return resident;
    } catch (error) {
      await resident[Symbol.asyncDispose]();
      throw error;
    }
  }

  #float16(device: Device): Promise<boolean> {
    this.#computes ??= computesWithFloat16(device);
    return this.#computes;
  }

  async #put(name: string, tensor: HostTensor): Promise<void> {
    this.tensors.set(name, await this.#way.toDevice(tensor));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    disposeAll(this.tensors);
    await this.#way[Symbol.asyncDispose]();
  }
}
