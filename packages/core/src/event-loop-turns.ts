const CALLS_PER_TURN = 64;

/** Node's, which costs less than any timer. The one that is there now: tests that put one of their own in its place would stop every store. */
const { setImmediate } = globalThis as { readonly setImmediate?: (callback: () => void) => unknown };

/**
 * Lets the event loop turn every so many calls. Calls that never wait for the platform would otherwise starve whatever does:
 * a loop of them in one place would stop the timers, the signals and the disk writes of the whole process, or freeze the page.
 */
export class EventLoopTurns {
  #calls = 0;

  /** To be awaited before a call is answered; `undefined` where there is nothing to wait for. */
  due(): Promise<void> | undefined {
    this.#calls += 1;
    return this.#calls % CALLS_PER_TURN === 0 ? turn() : undefined;
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    if (setImmediate) setImmediate(resolve);
    else passMessage(resolve);
  });
}

/** What browsers have instead: their timers, set again and again, take 4 ms each. */
function passMessage(onArrival: () => void): void {
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener('message', () => {
    port1.close();
    onArrival();
  });
  port1.start();
  port2.postMessage(undefined);
}
