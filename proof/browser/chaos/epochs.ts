import type { Call } from '../../src/history/call.js';

/** The methods by which actors come and go. They change nothing that the others see. */
const COMING_AND_GOING: ReadonlySet<string> = new Set(['open', 'close']);

/** When a deletion of the database began, and when it was done; infinite where that is not known. */
interface Deletion {
  readonly start: number;
  readonly end: number;
}

/**
 * The experiments of a round, one after another so that none grows long, and the deletions of the database between them. With a
 * deletion a new history begins, of experiments with other names. Once a deletion may come at any time, nothing is judged any more.
 */
export class Epochs {
  readonly #deletions: Deletion[] = [];
  /** How many deletions there were when each experiment was begun, by its name. */
  readonly #experiments = new Map<string, number>();
  #count = 0;

  /** @returns the name of a new experiment, on which all are to work from now on. */
  next(): string {
    this.#count += 1;
    const name = `chaos-${this.#count}`;
    this.#experiments.set(name, this.#deletions.length);
    return name;
  }

  /** Deletes the database by the given means, which tell whether it was done, or nobody knows. */
  async deleteBy(means: () => Promise<boolean>): Promise<void> {
    const start = performance.now();
    const isDone = await means();
    this.#deletions.push({ start, end: isDone ? performance.now() : Number.POSITIVE_INFINITY });
  }

  /** Whether a deletion has begun of which nobody knows the end. WebKit keeps one waiting for a page that was left and whose workers had the database open. */
  get isUndecided(): boolean {
    return this.#deletions.some(({ end }) => end === Number.POSITIVE_INFINITY);
  }

  /** The calls of which each is to be explained. */
  explicable(calls: readonly Call[]): Call[] {
    const last = this.#deletions.find(({ end }) => end === Number.POSITIVE_INFINITY)?.start;
    return calls.flatMap((call) => {
      if (COMING_AND_GOING.has(call.method)) return [];
      if (last !== undefined && call.start > last) return [];
      const experiment = experimentOf(call);
      if (experiment === undefined) return this.#ofBenchmark(call);
      return untilDeleted(call, this.#deletions[this.#experiments.get(experiment) ?? 0]);
    });
  }

  /** The names of benchmarks are the same before and after. What was under way meanwhile may have happened before or after. */
  #ofBenchmark(call: Call): Call[] {
    const { name } = call.arguments as { readonly name: string };
    const histories = [...this.#deletions, undefined].flatMap((deletion, i) => {
      const before = this.#deletions[i - 1];
      const isLate = before !== undefined && call.end !== undefined && call.end < before.start;
      if (isLate) return [];
      const named = { ...call, arguments: { name: `${name} ${i}` } };
      return untilDeleted(before && call.start < before.end ? withoutAnswer(named) : named, deletion);
    });
    return histories;
  }
}

/** What was asked for when a deletion had begun had no promise, and what was under way then may have happened or not. */
function untilDeleted(call: Call, deletion: Deletion | undefined): Call[] {
  if (!deletion) return [call];
  if (call.start > deletion.start) return [];
  const isAnswered = call.end !== undefined && call.end < deletion.start;
  return [{ ...(isAnswered ? call : withoutAnswer(call)), wiped: true }];
}

/** Whatever is about a trial is named with its experiment first. */
function experimentOf({ arguments: asked }: Call): string | undefined {
  const { experiment, trial } = asked as Readonly<Record<string, string | undefined>>;
  return experiment ?? trial?.split('/')[0];
}

function withoutAnswer({ end: _end, outcome: _outcome, ...call }: Call): Call {
  return call;
}
