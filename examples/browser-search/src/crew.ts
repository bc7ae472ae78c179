import type { Ending, FromWorker, ToWorker } from './messages.js';

/** How long a worker may take to give its trial back when told to stop, in milliseconds. A later one is ended. */
const PATIENCE = 3_000;

export interface CrewOptions {
  readonly size: number;
  /** The name of the search. */
  readonly search: string;
  /** The name of the tab, from which its workers have theirs. */
  readonly tab: string;
  /** Called with the message of the error that broke a trial. */
  readonly onBroken: (message: string) => void;
  /** Called with the message of an error that ended the work of a worker. */
  readonly onFailed: (message: string) => void;
}

/** The workers of this tab at one search. */
export class Crew {
  /** How the work of each of them ended, once it did. */
  readonly done: Promise<readonly Ending[]>;
  readonly #members: readonly Member[];

  constructor(options: CrewOptions) {
    this.#members = Array.from({ length: options.size }, (_, i) => new Member(i + 1, options));
    this.done = Promise.all(this.#members.map(({ ended }) => ended));
  }

  /** Lets every worker give its trial back and end. */
  async stop(): Promise<void> {
    for (const member of this.#members) member.stop();
    await this.done;
  }
}

/** A Web Worker. It opens the store by itself, and shares nothing with the page. */
class Member {
  readonly ended: Promise<Ending>;
  readonly #worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  #end: (ending: Ending) => void = () => {};

  constructor(number: number, { search, tab, onBroken, onFailed }: CrewOptions) {
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === 'broke') onBroken(data.message);
      else this.#end(data);
    });
    // What its program threw outside its work. Where that could not even be loaded, nothing is said of the reason.
    this.#worker.addEventListener('error', ({ message }: Partial<ErrorEvent>) => {
      this.#end({ kind: 'failed', message: message ?? 'The program of a worker could not be loaded' });
    });
    void this.ended.then((ending) => {
      this.#worker.terminate();
      if (ending.kind === 'failed') onFailed(ending.message);
    });
    this.#tell({ kind: 'work', search, worker: `${tab}-${number}` });
  }

  stop(): void {
    this.#tell({ kind: 'stop' });
    setTimeout(() => this.#end({ kind: 'ended', reason: 'aborted' }), PATIENCE);
  }

  #tell(message: ToWorker): void {
    this.#worker.postMessage(message);
  }
}
