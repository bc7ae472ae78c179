/** The evaluations that an executor has under way. */
export class RunsUnderWay {
  readonly #signals = new Map<Promise<unknown>, AbortSignal>();

  /** @returns the run that was added. */
  add<T>(run: Promise<T>, signal: AbortSignal): Promise<T> {
    const forget = (): void => {
      this.#signals.delete(run);
    };
    this.#signals.set(run, signal);
    run.then(forget, forget);
    return run;
  }

  /** Waits for those that were told to stop and take their time. */
  async stopped(): Promise<void> {
    const stopping = [...this.#signals].filter(([, { aborted }]) => aborted);
    await Promise.allSettled(stopping.map(([run]) => run));
  }
}
