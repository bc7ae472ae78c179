/** Lines of requests in this process, one for each name, served in the order in which they came. */
export class WaitingLine {
  readonly #ends = new Map<string, Promise<void>>();

  /**
   * Waits until all who came before have left.
   *
   * @returns what leaves the line; to be called once, in the end.
   * @throws the signal's reason, at once when it is aborted.
   */
  async enter(name: string, signal: AbortSignal): Promise<() => void> {
    const before = this.#ends.get(name);
    let leave = (): void => undefined;
    const mine = new Promise<void>((resolve) => {
      leave = resolve;
    });
    const end = before ? before.then(() => mine) : mine;
    this.#ends.set(name, end);
    void end.then(() => {
      if (this.#ends.get(name) === end) this.#ends.delete(name);
    });
    try {
      if (before) await orAborted(before, signal);
    } catch (error) {
      leave();
      throw error;
    }
    return leave;
  }
}

function orAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort);
    void promise.then(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
  });
}
