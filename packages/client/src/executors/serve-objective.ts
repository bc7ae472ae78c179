import type { Evaluation, Objective } from '../evaluation/evaluation.js';
import type { FromWorker, ToWorker } from './messages.js';
import { portable } from './portable.js';

/** A worker's way to the pool that it belongs to. */
export interface WorkerPort {
  /** Sends a message to the pool. */
  post(message: FromWorker): void;
  /** Calls the listener with each message of the pool. */
  listen(listener: (message: ToWorker) => void): void;
}

/** Evaluates, in a worker, what its pool asks for, one trial after another. */
export function serveObjective<P>(objective: Objective<P>, port: WorkerPort): void {
  let current: Served<P> | undefined;
  port.listen((message) => {
    if (message.kind === 'evaluate') {
      current = new Served(message, port);
      void current.run(objective);
    } else if (message.run === current?.number) current.take(message);
  });
  port.post({ kind: 'ready' });
}

/** One evaluation in a worker. */
class Served<P> {
  readonly number: number;
  readonly #port: WorkerPort;
  readonly #aborting = new AbortController();
  readonly #evaluation: Evaluation<P>;
  readonly #asked: ((shouldStop: boolean) => void)[] = [];

  constructor({ run, params, trial }: ToWorker & { readonly kind: 'evaluate' }, port: WorkerPort) {
    this.number = run;
    this.#port = port;
    const { signal } = this.#aborting;
    this.#evaluation = {
      params: params as P,
      trial,
      signal,
      report: (value, { step } = {}) => {
        signal.throwIfAborted();
        port.post({ kind: 'report', run, value, step });
      },
      shouldStop: () =>
        new Promise((resolve) => {
          const question = this.#asked.push(resolve) - 1;
          port.post({ kind: 'question', run, question });
        }),
    };
  }

  async run(objective: Objective<P>): Promise<void> {
    try {
      const output = await objective(this.#evaluation);
      this.#port.post({ kind: 'returned', run: this.number, output });
    } catch (error) {
      const { aborted, reason } = this.#aborting.signal;
      if (aborted && error === reason) this.#port.post({ kind: 'stopped', run: this.number });
      else this.#port.post({ kind: 'threw', run: this.number, error: portable(error) });
    }
  }

  take(message: Exclude<ToWorker, { readonly kind: 'evaluate' }>): void {
    if (message.kind === 'abort') this.#aborting.abort(message.reason);
    else this.#asked[message.question]?.(message.shouldStop);
  }
}
