/** AdamW (Loshchilov and Hutter, 2019), as `torch.optim.AdamW` computes it. */

export type Tensors = ReadonlyMap<string, Float32Array>;

export interface AdamWSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
}

export const adamWDefaults: AdamWSettings = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };

/** What a step computes with, besides tensors: corrected for the moments' start at zero. */
export type AdamWNumbers = Readonly<Record<'stepSize' | 'correction' | 'keep', number>>;

export class AdamW {
  readonly settings: AdamWSettings;
  /** First and second moments of each parameter's gradient. */
  readonly first = new Map<string, Float32Array>();
  readonly second = new Map<string, Float32Array>();
  steps = 0;

  constructor(parameters: Tensors, settings: Partial<AdamWSettings> = {}) {
    this.settings = { ...adamWDefaults, ...settings };
    for (const [name, { length }] of parameters) {
      this.first.set(name, new Float32Array(length));
      this.second.set(name, new Float32Array(length));
    }
  }

  /** What step `step`, counted from 1, computes with. */
  numbersOf(step: number, learningRate: number): AdamWNumbers {
    const { beta1, beta2, weightDecay } = this.settings;
    return {
      stepSize: learningRate / (1 - beta1 ** step),
      correction: Math.sqrt(1 - beta2 ** step),
      keep: 1 - learningRate * weightDecay,
    };
  }

  /** One update, in place. `decays` tells which parameters the weight decay applies to (by default all). */
  step(parameters: Tensors, gradients: Tensors, learningRate: number, decays = (_: string) => true): void {
    const { beta1, beta2, epsilon } = this.settings;
    this.steps++;
    const { stepSize, correction, keep: decayed } = this.numbersOf(this.steps, learningRate);
    for (const [name, parameter] of parameters) {
      const gradient = gradients.get(name)!;
      const first = this.first.get(name)!;
      const second = this.second.get(name)!;
      const keep = decays(name) ? decayed : 1;
      for (let i = 0; i < parameter.length; i++) {
        const g = gradient[i]!;
        const m = beta1 * first[i]! + (1 - beta1) * g;
        const v = beta2 * second[i]! + (1 - beta2) * g * g;
        first[i] = m;
        second[i] = v;
        parameter[i] = parameter[i]! * keep - (stepSize * m) / (Math.sqrt(v) / correction + epsilon);
      }
    }
  }
}

/** Scales `gradients` in place so that their global norm is at most `limit`; answers the norm before. */
export function clipGradients(gradients: Tensors, limit: number): number {
  let sum = 0;
  for (const gradient of gradients.values()) {
    for (let i = 0; i < gradient.length; i++) sum += gradient[i]! * gradient[i]!;
  }
  const norm = Math.sqrt(sum);
  if (norm > limit) {
    const factor = limit / (norm + 1e-6);
    for (const gradient of gradients.values()) {
      for (let i = 0; i < gradient.length; i++) gradient[i]! *= factor;
    }
  }
  return norm;
}
