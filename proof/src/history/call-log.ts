import type { Call, Failure, Json } from './call.js';

/** One line of a log: a call that starts, what was noted during one, or the answer to one. */
type Entry =
  | ({ readonly call: number } & Pick<Call, 'worker' | 'method' | 'arguments' | 'start'>)
  | { readonly call: number; readonly noted: Json }
  | { readonly call: number; readonly end: number; readonly outcome: Json };

/**
 * The log of one worker. Each line is handed on before the call goes on, so that, where the taker keeps it at once, the log
 * survives the worker: a call that was never answered is in it, and every call that was answered is in it with its answer.
 */
export class CallLog {
  readonly #worker: string;
  readonly #keep: (line: string) => void;
  readonly #now: () => number;
  #calls = 0;

  /** @param now milliseconds on a monotonic clock that all workers share. */
  constructor(worker: string, keep: (line: string) => void, now: () => number) {
    this.#worker = worker;
    this.#keep = keep;
    this.#now = now;
  }

  /**
   * Makes a call and logs it.
   *
   * @param brief what is kept of the answer.
   * @param make the call; it may note what becomes known on the way.
   * @returns the answer. @throws what the call throws.
   */
  async record<T>(
    method: string,
    args: Json,
    brief: (answer: T) => Json,
    make: (note: (noted: Json) => void | Promise<void>) => Promise<T>,
  ): Promise<T> {
    this.#calls += 1;
    const call = this.#calls;
    this.#write({ call, worker: this.#worker, method, arguments: args, start: this.#now() });
    try {
      const answer = await make((noted) => this.#write({ call, noted }));
      this.#write({ call, end: this.#now(), outcome: brief(answer) });
      return answer;
    } catch (error) {
      this.#write({ call, end: this.#now(), outcome: failureOf(error) });
      throw error;
    }
  }

  #write(entry: Entry): void {
    this.#keep(JSON.stringify(entry));
  }
}

function failureOf(error: unknown): Failure & { readonly message: string } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unexpected';
  return { error: code, message: String(error) };
}

/**
 * The calls in the log of one worker. A last line that its death cut off is left out.
 *
 * @param gone when the worker was known to be dead, on the clock of the log: nothing it did came later.
 */
export function readCalls(log: string, gone?: number): Call[] {
  const calls = new Map<number, Call>();
  const wholeLines = log.split('\n').slice(0, -1);
  for (const line of wholeLines) {
    const { call, ...fields } = JSON.parse(line) as Entry;
    calls.set(call, { ...(calls.get(call) as Call), ...fields });
  }
  if (gone === undefined) return [...calls.values()];
  return Array.from(calls.values(), (call) => (call.end === undefined ? { ...call, latest: gone } : call));
}
