/** What ends a training that goes astray, while its best weights are still there. */
import type { TrainSettings } from './settings.ts';

/** One step beyond a limit may be chance; so many running are not. */
const patience = 3;

export type BrakeSettings = Pick<TrainSettings, 'klLimit' | 'entropyFloor'>;

export class Brakes {
  readonly #settings: BrakeSettings;
  #strikes: number;

  /** @param strikes of the run so far, when it is resumed. */
  constructor(settings: BrakeSettings, strikes = 0) {
    this.#settings = settings;
    this.#strikes = strikes;
  }

  /** Steps beyond a limit, running. */
  get strikes(): number {
    return this.#strikes;
  }

  /** Looks at a step's metrics; answers why the training must end, as a sentence, or undefined. */
  judge({ kl, entropy }: Readonly<Record<string, number>>): string | undefined {
    // A step that had nothing to learn from has neither figure.
    if (kl === undefined || entropy === undefined) return undefined;
    const { klLimit, entropyFloor } = this.#settings;
    // So written that a figure that is not a number is beyond its limit.
    const drifted = klLimit > 0 && !(kl <= klLimit);
    const collapsed = entropyFloor > 0 && !(entropy >= entropyFloor);
    this.#strikes = drifted || collapsed ? this.#strikes + 1 : 0;
    if (this.#strikes < patience) return undefined;
    const what = drifted
      ? `the KL to the base model was above its limit of ${klLimit} (it is ${kl.toFixed(3)})`
      : `the entropy was below its floor of ${entropyFloor} (it is ${entropy.toFixed(4)})`;
    return `The training was ended early because ${what} in ${patience} steps running: use the best adapter so far, or train again with a lower learning rate.`;
  }
}
