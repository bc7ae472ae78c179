import type { Id } from 'trialbase';

/** How well a network does after each epoch so far, while it learns. */
export interface LearningCurve {
  /** The `_id` of the trial. */
  readonly trial: Id;
  /** How many epochs it will learn for. */
  readonly epochs: number;
  /** The loss after each epoch so far. */
  readonly losses: readonly number[];
}

/**
 * Carries learning curves, as they grow, from the workers of all tabs to all tabs. They are not stored before the trial is
 * completed. Each message has the whole curve so far, so that a tab that comes late has it with the next epoch.
 */
export class LearningCurves {
  readonly #channel: BroadcastChannel;

  constructor(experiment: Id) {
    this.#channel = new BroadcastChannel(`browser-search/${experiment}`);
  }

  tell(curve: LearningCurve): void {
    this.#channel.postMessage(curve);
  }

  listen(listener: (curve: LearningCurve) => void): void {
    this.#channel.addEventListener('message', ({ data }: MessageEvent<LearningCurve>) => listener(data));
  }

  close(): void {
    this.#channel.close();
  }
}
