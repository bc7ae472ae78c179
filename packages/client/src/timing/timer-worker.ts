/** Sets a timer by its number, or forgets it where no time is given, and answers with the number when it is due. */
const SOURCE = `
const timers = new Map();
onmessage = ({ data: { number, milliseconds } }) => {
  clearTimeout(timers.get(number));
  timers.delete(number);
  if (milliseconds !== undefined) timers.set(number, setTimeout(postMessage, milliseconds, number));
};`;

/** Timers that run in a worker: browsers slow down those of a hidden page, to one a minute in the end, and not these. */
export class TimerWorker {
  readonly #worker: Worker;
  readonly #due = new Map<number, () => void>();
  #last = 0;

  private constructor(worker: Worker) {
    this.#worker = worker;
    worker.addEventListener('message', ({ data }: MessageEvent<number>) => this.#due.get(data)?.());
  }

  /**
   * Starts the worker. `undefined` outside a page, and in a page that may not have it. Some pages are told so only later,
   * by an event: then its timers never ring.
   */
  static start(): TimerWorker | undefined {
    if (typeof document === 'undefined' || typeof Worker === 'undefined') return undefined;
    const url = URL.createObjectURL(new Blob([SOURCE], { type: 'text/javascript' }));
    try {
      return new TimerWorker(new Worker(url));
    } catch {
      return undefined;
    } finally {
      URL.revokeObjectURL(url);
    }
  }

  /** Calls `ring` after so many milliseconds, unless the function returned is called before. */
  set(milliseconds: number, ring: () => void): () => void {
    this.#last += 1;
    const number = this.#last;
    this.#due.set(number, ring);
    this.#worker.postMessage({ number, milliseconds });
    return () => {
      if (this.#due.delete(number)) this.#worker.postMessage({ number });
    };
  }

  /** Ends the worker. Timers that are set ring no more. */
  end(): void {
    this.#worker.terminate();
    this.#due.clear();
  }
}
