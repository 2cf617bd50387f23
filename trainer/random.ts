/**
 * Seeded random numbers (sfc32, by Chris Doty-Humphrey; passes PractRand).
 *
 * A generator is named by its keys, for example (seed, step, task, try): whoever needs the same numbers again, after
 * a kill or in another process, asks for the same name, and no state has to be carried about.
 */
export class Random {
  readonly #state = new Uint32Array(4);

  constructor(...keys: readonly (string | number)[]) {
    // FNV-1a over the keys, with three different starts.
    const text = JSON.stringify(keys);
    for (let word = 0; word < 3; word++) {
      let hash = 0x811c9dc5 ^ Math.imul(word, 0x9e3779b9);
      for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
      this.#state[word] = hash;
    }
    this.#state[3] = 1;
    for (let i = 0; i < 16; i++) this.#word();
  }

  #word(): number {
    const s = this.#state;
    const result = (s[0]! + s[1]! + s[3]!) >>> 0;
    s[3] = s[3]! + 1;
    s[0] = s[1]! ^ (s[1]! >>> 9);
    s[1] = s[2]! + (s[2]! << 3);
    s[2] = ((s[2]! << 21) | (s[2]! >>> 11)) + result;
    return result;
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return this.#word() / 2 ** 32;
  }

  /** Uniform among 0 … limit - 1. */
  below(limit: number): number {
    return Math.floor(this.uniform() * limit);
  }

  /** Standard normal (Box and Muller). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** A copy of `items` in random order (Fisher and Yates). */
  shuffled<T>(items: readonly T[]): T[] {
    const result = [...items];
    for (let i = result.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [result[i], result[j]] = [result[j]!, result[i]!];
    }
    return result;
  }
}
