import type { OpenDatabase } from '@trialbase/core';
import type { Fields, Outcome, Outcomes, Step, WriteOptions } from '@trialbase/core/adapter';

/** Keeps the one call that a verb of the protocol makes of its database, so that it can be made without the protocol. */
export class Recorder implements OpenDatabase {
  readonly locks = undefined;
  #call: ((database: OpenDatabase) => Promise<unknown>) | undefined;

  /** The call. @throws Error if there was none since it was last asked for. */
  take(): (database: OpenDatabase) => Promise<unknown> {
    const call = this.#call;
    this.#call = undefined;
    if (!call) throw new Error('The verb has not called its database');
    return call;
  }

  /** Takes another call for that of the verb. */
  record(call: (database: OpenDatabase) => Promise<unknown>): void {
    this.#call = call;
  }

  async find(...args: Parameters<OpenDatabase['find']>): Promise<Fields[]> {
    this.record((database) => database.find(...args));
    return [];
  }

  async count(...args: Parameters<OpenDatabase['count']>): Promise<number> {
    this.record((database) => database.count(...args));
    return 0;
  }

  async write<const S extends readonly Step[]>(steps: S, options?: WriteOptions): Promise<Outcomes<S>> {
    // Every verb that is measured takes one step.
    this.record(async (database) => (await database.write(steps, options))[0]);
    return steps.map(expectedOf) as Outcomes<S>;
  }

  watch(): () => void {
    return () => undefined;
  }

  async close(): Promise<void> {}
}

/** What the protocol takes for a success. */
function expectedOf(step: Step): Outcome {
  if (step.kind === 'insert') return [...step.documents];
  return step.kind === 'update' && step.returns !== 'count' ? [{ _id: '' }] : 1;
}
