import { timerDelay } from '../timer-delay.js';

/** The reason with which a wait's signal is aborted when the time is up. */
export const timedOut: unknown = new Error('timed out');

/** The wait for a lock: it ends with a timeout, with the caller's signal, or with `end()`. */
export class Wait {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal | undefined;
  readonly #forward = (): void => this.#controller.abort(this.#outer?.reason);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hasEnded = false;

  constructor(timeout: number, outer: AbortSignal | undefined) {
    outer?.throwIfAborted();
    this.#outer = outer;
    outer?.addEventListener('abort', this.#forward, { once: true });
    // After the lock has been asked for: in Firefox a timer takes a twentieth of the time in which a lock is had and given back.
    queueMicrotask(() => this.#begin(timeout));
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  end(): void {
    this.#hasEnded = true;
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener('abort', this.#forward);
  }

  #begin(timeout: number): void {
    if (this.#hasEnded) return;
    this.#timer = setTimeout(() => this.#controller.abort(timedOut), timerDelay(timeout));
  }

  /** Waits, or rejects with the signal's reason. */
  sleep(milliseconds: number): Promise<void> {
    const { signal } = this;
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const abort = (): void => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', abort);
        resolve();
      }, timerDelay(milliseconds));
      signal.addEventListener('abort', abort, { once: true });
    });
  }
}
