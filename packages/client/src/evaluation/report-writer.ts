import { errorCode, type StorageProtocol, type Trial } from '@trialbase/core';
import { startTimer } from '../timing/timer.js';
import type { ReportLog } from './report-log.js';

/** Milliseconds between two writes of up to a thousand reports; of more, as much longer as they are more. */
const INTERVAL = 200;
const SHORT = 1_000;

/**
 * Stores what an evaluation reports while it goes on: the first report at once, later ones a few times a second, as
 * each write has all of them.
 */
export class ReportWriter {
  readonly #storage: StorageProtocol;
  readonly #trial: Trial;
  readonly #log: ReportLog;
  readonly #lost: (reason: unknown) => void;
  #stopTimer: (() => void) | undefined;
  #writing: Promise<void> | undefined;
  #isDue = false;
  #ended = false;
  #notBefore = 0;

  /** `lost` is called with the storage's refusal, where the trial has gone to another worker. */
  constructor(storage: StorageProtocol, trial: Trial, log: ReportLog, lost: (reason: unknown) => void) {
    this.#storage = storage;
    this.#trial = trial;
    this.#log = log;
    this.#lost = lost;
  }

  /** Has the log written soon: it has grown. */
  wake(): void {
    this.#isDue = true;
    if (this.#ended || this.#writing || this.#stopTimer) return;
    this.#stopTimer = startTimer(Math.max(0, this.#notBefore - performance.now()), () => {
      this.#stopTimer = undefined;
      this.#writing = this.#write();
    });
  }

  /** Writes no more by itself. Resolves when nothing is under way. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#stopTimer?.();
    await this.#writing;
  }

  /** Writes what is not written yet, after the end. */
  async flush(): Promise<void> {
    if (this.#isDue) await this.#write();
  }

  async #write(): Promise<void> {
    this.#isDue = false;
    try {
      await this.#storage.pushTrialResults({ ...this.#trial, results: this.#log.toResults() });
    } catch (error) {
      if (errorCode(error) === 'failed-update') this.#lost(error);
      // Any other trouble may pass. If it does not, the heartbeat or the results will meet it.
      else this.#isDue = true;
    }
    this.#notBefore = performance.now() + INTERVAL * Math.max(1, this.#log.reports.length / SHORT);
    this.#writing = undefined;
    if (this.#isDue) this.wake();
  }
}
