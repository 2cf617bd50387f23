/** What makes a training wait: somebody who types, and the battery. */
import * as vscode from 'vscode';
import { continueRequest, pauseRequest } from '../../trainer/protocol.ts';
import { powerSource } from '../background/powerSource.ts';
import type { TrainerClient } from '../background/trainerClient.ts';
import type { Trainers } from '../background/trainers.ts';
import { pausesOnBattery, yieldsWhileTyping } from '../settings.ts';

const batteryMilliseconds = 30_000;

const isTraining = ({ state }: TrainerClient): boolean => state?.activity === 'training';

/** Somebody types, and will for so long: trainers that are at work leave the processor alone. */
export function tellTyping(trainers: Trainers, milliseconds: number): void {
  if (!yieldsWhileTyping()) return;
  for (const client of trainers.all) {
    // One that ends in this moment need not be told.
    if (isTraining(client)) client.tellTyping(milliseconds).catch(() => {});
  }
}

/** Pauses what is being trained while the machine runs on its battery, and goes on once it does not. */
export class BatteryWatch implements vscode.Disposable {
  readonly #trainers: Trainers;
  readonly #log: vscode.LogOutputChannel;
  readonly #subscription: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;

  constructor(trainers: Trainers, log: vscode.LogOutputChannel) {
    this.#trainers = trainers;
    this.#log = log;
    this.#subscription = vscode.Disposable.from(
      trainers.onDidChange(() => this.#update()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('reinforce.training.pauseOnBattery')) void this.#look();
      }),
    );
  }

  /** Looks only while something is being trained. */
  #update(): void {
    if (!this.#trainers.all.some(isTraining)) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    } else if (this.#timer === undefined) {
      this.#timer = setInterval(() => void this.#look(), batteryMilliseconds);
      void this.#look();
    }
  }

  async #look(): Promise<void> {
    try {
      const onBattery = pausesOnBattery() && (await powerSource()) === 'battery';
      for (const client of this.#trainers.all.filter(isTraining)) {
        const because = client.state?.pausedBecause;
        if (onBattery && because === undefined) await client.request(pauseRequest, { because: 'battery' });
        if (!onBattery && because === 'battery') await client.request(continueRequest);
      }
    } catch (error) {
      this.#log.warn(`Looking at the battery: ${error}`);
    }
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#subscription.dispose();
  }
}
