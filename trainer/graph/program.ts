/** A compiled graph: lowered to ONNX for one execution provider and loaded into ONNX Runtime. */
import * as ort from 'onnxruntime-node';
import type { BlockMatrix } from './blocks.ts';
import { reachable, type Value } from './graph.ts';
import { lookups, rowsOf } from './lookups.ts';
import { lower, storedShape } from './lower.ts';
import { blockTensors } from './lowering/blockMatrices.ts';
import { cpu } from './lowering/cpu.ts';
import type { Lowering } from './lowering/lowering.ts';
import { portable } from './lowering/portable.ts';
import {
  type Feed,
  type HostFeed,
  type Resident,
  ResidentBlocks,
  ResidentTensor,
  type Traffic,
} from './residentTensor.ts';

export type Device = 'cpu' | 'webgpu' | 'cuda';

/** Options of ONNX Runtime's own: https://onnxruntime.ai/docs/api/c (onnxruntime_session_options_config_keys.h). */
const sessionConfig: Record<Device, object> = {
  // Threads that wait by spinning take the cores away from the sandboxes that grade, and from the editor: sampling
  // beside them took twice the processor time with the runtime's own duration. These 20 µs are longer than most pauses
  // between two ops of a run: a token of one sequence took 6.8 ms instead of 10.1 (SmolLM2-135M's shape in int8, two
  // cores), and beside ten other processes as long as without spinning, for a fifth more processor time.
  cpu: { intra_op: { allow_spinning: '1', spin_duration_us: '20' }, force_spinning_stop: '1' },
  webgpu: { disable_cpu_ep_fallback: '1' },
  // Its provider leaves the arithmetic of shapes to the CPU.
  cuda: {},
};

const lowerings: Record<Device, Lowering> = { cpu, webgpu: portable, cuda: portable };

export interface TensorData {
  readonly shape: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

/** What a run put out: copied from the device, and left there. */
export interface Outputs<Name extends string = string> {
  readonly read: Record<Name, TensorData>;
  readonly kept: ReadonlyMap<string, ResidentTensor>;
}

/**
 * A frozen input as it is stored: float32, float16 (as bit patterns), or a matrix in blocks. The last two are for the CPU
 * alone: others are given them where they are resident. Numbers in float16 lie outside of the model always, and become
 * float32 for each product.
 */
export type Frozen = Float32Array | Uint16Array | BlockMatrix;

export interface CompileOptions {
  readonly device?: Device;
  /** Inputs that never change. Those that are on the device already stay the caller's, and outlive the program. */
  readonly frozen?: ReadonlyMap<string, Frozen | Resident>;
  /**
   * Where frozen numbers in float32 and in blocks are while the program lives. `packed`: in the model, arranged for quick
   * products, and in two ways where products are from both sides; this is a copy a program. `shared`: where they lie,
   * read by as many programs as there are, on the CPU; other devices have a copy of their own of what is not resident.
   */
  readonly frozenData?: 'packed' | 'shared';
  /** Threads of the CPU provider; by default as many as there are cores. */
  readonly threads?: number;
  /** Which outputs stay in the device's memory, for `runKeeping`; only where the device `keepsTensors`. */
  readonly kept?: (output: string) => boolean;
  /** Counts what `run` copies to the device and back. */
  readonly traffic?: Traffic | undefined;
}

/** Whether outputs can stay in the device's memory until other programs are fed them. */
export const keepsTensors = (device: Device = 'cpu'): boolean => device === 'webgpu';

export class Program implements AsyncDisposable {
  readonly #session: ort.InferenceSession;
  readonly #indexType: Lowering['indexType'];
  /** Frozen inputs that are fed to each run. */
  readonly #shared: Readonly<Record<string, ort.Tensor>>;
  readonly #traffic: Traffic;

  private constructor(
    session: ort.InferenceSession,
    indexType: Lowering['indexType'],
    shared: Readonly<Record<string, ort.Tensor>>,
    traffic: Traffic = { toDevice: 0, fromDevice: 0 },
  ) {
    this.#session = session;
    this.#indexType = indexType;
    this.#shared = shared;
    this.#traffic = traffic;
  }

  /** Compiles the graph that computes `outputs`, which `run` answers under the same names. */
  static async compile(
    outputs: Readonly<Record<string, Value>>,
    options: CompileOptions = {},
  ): Promise<Program> {
    const {
      device = 'cpu',
      frozen = new Map<string, Frozen | Resident>(),
      frozenData = 'packed',
      threads,
      kept,
      traffic,
    } = options;
    const lowering = lowerings[device];
    const shared = frozenData === 'shared';
    const fed = {
      ...fedInputs(outputs, frozen, device === 'cpu' && shared),
      ...(device === 'cpu' && !shared ? fedRows(outputs, frozen) : {}),
    };
    const isFed = (name: string) => name in fed && frozen.get(name) instanceof Float32Array;
    const built = new Map([...frozen].filter(([name]) => !isFed(name)));
    const model = lower(outputs, lowering, built, shared ? 'fed' : 'packed');
    const widened = Object.values(fed).some(({ type }) => type !== 'float32');
    const session = await ort.InferenceSession.create(model.encode(), {
      externalData: model.externalData,
      executionProviders: [device],
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
      // Shapes change from run to run; a plan made for one of them helps none of the others.
      enableMemPattern: false,
      ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
      ...(kept && keepsTensors(device) ? { preferredOutputLocation: locations(outputs, kept) } : {}),
      extra: {
        session: sessionConfig[device],
        // The last nodes of the graph, one an output, are what the runtime orders all others by (see `lower`).
        // A matrix that was widened once for all its products would stay so until the last of them.
        optimization: {
          disable_specified_optimizers: `EliminateIdentity${widened ? ';CommonSubexpressionElimination' : ''}`,
        },
      },
    });
    return new Program(session, lowering.indexType, fed, traffic);
  }

  /** Answers all outputs, none of which is to be kept. */
  async run<Name extends string>(feeds: Readonly<Record<string, Feed>>): Promise<Record<Name, TensorData>> {
    return (await this.runKeeping<Name>(feeds)).read;
  }

  /**
   * Answers the outputs that were copied from the device, and those that stayed there, which are then the caller's. The
   * last output can be left out: only the last, for where some stay on the device, the runtime (1.30) calls each that
   * comes after a missing one by that one's name.
   */
  async runKeeping<Name extends string>(
    feeds: Readonly<Record<string, Feed>>,
    outputs: 'all' | 'all but the last' = 'all',
  ): Promise<Outputs<Name>> {
    const tensors: Record<string, ort.Tensor> = { ...this.#shared };
    for (const [name, feed] of Object.entries(feeds)) tensors[name] = this.#tensorOf(feed);
    const names = this.#session.outputNames;
    const results = await this.#session.run(tensors, outputs === 'all' ? names : names.slice(0, -1));
    const read: Record<string, TensorData> = {};
    const kept = new Map<string, ResidentTensor>();
    for (const [name, tensor] of Object.entries(results)) {
      if (tensor.location === 'gpu-buffer') {
        kept.set(name, new ResidentTensor(tensor));
      } else {
        const data = tensor.data as Float32Array;
        this.#traffic.fromDevice += data.byteLength;
        read[name] = { shape: tensor.dims, data };
      }
    }
    return { read: read as Record<Name, TensorData>, kept };
  }

  #tensorOf(feed: Feed): ort.Tensor {
    if (feed instanceof ResidentTensor) return feed.tensor;
    const tensor = this.#hostTensor(feed);
    this.#traffic.toDevice += (tensor.data as Float32Array).byteLength;
    return tensor;
  }

  #hostTensor({ data, shape }: HostFeed): ort.Tensor {
    if (data instanceof BigInt64Array) return indexTensor(data, shape, this.#indexType);
    if (data instanceof Uint16Array) return halfTensor(data, shape);
    if (data instanceof Uint8Array) return new ort.Tensor('uint8', data, shape);
    return new ort.Tensor('float32', data, shape);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session.release();
  }
}

/** Frozen numbers as inputs of the runtime, which reads them where they lie. */
function fedInputs(
  outputs: Readonly<Record<string, Value>>,
  frozen: ReadonlyMap<string, Frozen | Resident>,
  shared: boolean,
): Record<string, ort.Tensor> {
  const tensors: Record<string, ort.Tensor> = {};
  for (const { primitive, attributes, shape } of reachable(Object.values(outputs))) {
    const data = primitive.name === 'Input' ? frozen.get(attributes.name) : undefined;
    if (data instanceof ResidentTensor) {
      tensors[attributes.name] = data.tensor;
    } else if (data instanceof ResidentBlocks) {
      tensors[`${attributes.name}.blocks`] = data.bytes.tensor;
      tensors[`${attributes.name}.scales`] = data.scales.tensor;
    } else if (data instanceof Uint16Array) {
      tensors[attributes.name] = halfTensor(data, storedShape(shape, data.length));
    } else if (shared && data instanceof Float32Array) {
      tensors[attributes.name] = new ort.Tensor('float32', data, storedShape(shape, data.length));
    } else if (shared && data && !(data instanceof Float32Array)) {
      for (const { name, shape, data: part } of blockTensors(attributes.name, data, 'fed')) {
        tensors[name] =
          part instanceof Float32Array
            ? new ort.Tensor('float32', part, shape)
            : new ort.Tensor('uint8', part, shape);
      }
    }
  }
  return tensors;
}

/** Those in whose rows programs look up what they have a packed copy of. */
function fedRows(
  outputs: Readonly<Record<string, Value>>,
  frozen: ReadonlyMap<string, Frozen | Resident>,
): Record<string, ort.Tensor> {
  const tensors: Record<string, ort.Tensor> = {};
  for (const [name, { shape }] of lookups(outputs)) {
    const data = frozen.get(name);
    if (data instanceof Float32Array)
      tensors[rowsOf(name)] = new ort.Tensor('float32', data, storedShape(shape, data.length));
  }
  return tensors;
}

/**
 * Bit patterns as float16. Of the type itself the runtime makes a Float16Array where Node has one, which its own native
 * part cannot read (1.30).
 */
function halfTensor(bits: Uint16Array, shape: readonly number[]): ort.Tensor {
  return Object.defineProperty(new ort.Tensor('uint16', bits, shape), 'type', { value: 'float16' });
}

function locations(outputs: object, kept: (output: string) => boolean): Record<string, 'cpu' | 'gpu-buffer'> {
  return Object.fromEntries(Object.keys(outputs).map((name) => [name, kept(name) ? 'gpu-buffer' : 'cpu']));
}

function indexTensor(data: BigInt64Array, shape: readonly number[], type: Lowering['indexType']): ort.Tensor {
  return type === 'int64'
    ? new ort.Tensor('int64', data, shape)
    : new ort.Tensor('int32', Int32Array.from(data, Number), shape);
}
