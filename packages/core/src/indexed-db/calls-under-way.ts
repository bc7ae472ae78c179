import { StorageUnavailableError } from '../errors.js';
import { timerDelay } from '../timer-delay.js';
import type { DocumentTransaction } from './document-transaction.js';
import { HeardTransaction } from './heard-transaction.js';
import type { Work } from './transactor.js';

/** The time is counted in so many parts: one in which this page could not run is not more than one part of it. */
const PARTS = 8;

/** The page is being left, or frozen: what its transactions have not come to the end of is undone, for others to go on. */
export class PageLeft extends Error {}

export interface CallsUnderWayOptions {
  /** The name of the database. */
  readonly name: string;
  /**
   * How many milliseconds, or up to an eighth more, the first answer to a call may take. Its transaction has its turn then, and
   * all the time that it needs.
   */
  readonly timeout: number;
}

/**
 * The calls of a connection that are under way. The transactions of a store that write to the same collections wait for each
 * other, and one of a tab that hangs, or was frozen in the middle, may never end: so a call that waits for long is ended.
 */
export class CallsUnderWay {
  readonly #name: string;
  readonly #timeout: number;
  readonly #calls = new Set<CallUnderWay>();
  #onNone: () => void = () => undefined;
  /** One for all calls, which goes on between them: in Firefox to set one and to clear it takes a tenth of a short call. */
  #timer: Timer | undefined;

  constructor({ name, timeout }: CallsUnderWayOptions) {
    this.#name = name;
    this.#timeout = timeout;
  }

  /** A new call. It is under way until it is taken out. */
  begin(): CallUnderWay {
    const call = new CallUnderWay();
    this.#calls.add(call);
    this.#timer ??= startTimer(() => this.#partPasses(), this.#timeout / PARTS);
    return call;
  }

  /** Takes out a call that has settled. */
  takeOut(call: CallUnderWay): void {
    this.#calls.delete(call);
    if (this.#calls.size === 0) this.#onNone();
  }

  /** Waits until none is under way. */
  async allEnded(): Promise<void> {
    if (this.#calls.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#onNone = resolve;
    });
  }

  /** Ends all of them. */
  end(reason: Error): void {
    for (const call of this.#calls) call.end(reason);
  }

  #partPasses(): void {
    // The first part of its time was well under way when it began to wait.
    for (const call of this.#calls)
      if (call.partPasses() > PARTS) call.end(keptWaiting(this.#name, this.#timeout));
    if (this.#calls.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

/** A call under way: its transaction may have to wait for its turn. */
export class CallUnderWay {
  #parts = 0;
  #waits = false;
  #endedBy: Error | undefined;
  #refuse: (reason: Error) => void = () => undefined;

  /**
   * Does the work of the call's transaction, unless that is ended.
   *
   * @throws StorageUnavailableError, where it had to wait for too long, or whatever else ended the call. The transaction has to
   * be aborted, as with any error of the work.
   */
  inTurn<T>(transaction: DocumentTransaction, work: Work<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#endedBy) return reject(this.#endedBy);
      this.#refuse = reject;
      this.#waits = true;
      work(new HeardTransaction(transaction, () => this.#stopWaiting())).then(resolve, reject);
    });
  }

  /** @returns how many parts of the time it has waited for. */
  partPasses(): number {
    if (this.#waits) this.#parts += 1;
    return this.#parts;
  }

  end(reason: Error): void {
    this.#endedBy = reason;
    this.#refuse(reason);
  }

  #stopWaiting(): void {
    this.#waits = false;
  }
}

/** In Node a timer keeps the process alive, unless it is told not to. */
type Timer = ReturnType<typeof setInterval> & { unref?(): void };

function startTimer(callback: () => void, interval: number): Timer {
  const timer: Timer = setInterval(callback, timerDelay(interval));
  timer.unref?.();
  return timer;
}

function keptWaiting(name: string, timeout: number): StorageUnavailableError {
  return new StorageUnavailableError(
    `Another tab or worker has kept '${name}' to itself for ${timeout} ms, and nothing of this was done: it hangs, or was ` +
      'frozen, in the middle of a write. Close the other tabs of this page and try again',
  );
}
