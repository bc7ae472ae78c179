import { setImmediate as turn } from 'node:timers/promises';

const CALLS_PER_TURN = 64;

/**
 * Lets the event loop turn every so many calls. Calls that never wait for the platform would otherwise starve whatever does:
 * a loop of reads in one place would stop the timers, the signals and the disk writes of the whole process.
 */
export class EventLoopTurns {
  #calls = 0;

  /** To be awaited before a call is answered; `undefined` where there is nothing to wait for. */
  due(): Promise<void> | undefined {
    this.#calls += 1;
    return this.#calls % CALLS_PER_TURN === 0 ? turn() : undefined;
  }
}
