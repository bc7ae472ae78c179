import type { Call, Json } from './call.js';
import type { Model } from './model.js';
import { OpenCalls } from './open-calls.js';

/** Whether calls are explainable by some order of theirs; where not, how far the best attempt came. */
export type Verdict = { readonly kind: 'explained' } | Stuck;

export interface Stuck {
  /** `undecided`: the search was given up at its limit. */
  readonly kind: 'unexplained' | 'undecided';
  /** The longest order that was found. */
  readonly order: readonly Call[];
  /** The state it leads to. */
  readonly state: Json;
  /** The calls of which one must come next, and none can. */
  readonly next: readonly Call[];
}

/** How many orders are begun before the search is given up. */
const LIMIT = 2_000_000;

/**
 * Looks for an order of the calls in which each is answered as the model answers it, and which keeps the order of any two
 * calls of which one ended before the other started. Calls without an answer may stand anywhere after their start (up to their `latest`),
 * or nowhere.
 *
 * The search is that of Wing and Gong, "Testing and verifying concurrent objects" (1993), with the memory of Lowe, "Testing for
 * linearizability" (2017): calls placed and state reached are tried once.
 *
 * @param calls in any order.
 */
export function explain<State extends Json>(
  model: Model<State>,
  calls: readonly Call[],
  limit: number = LIMIT,
): Verdict {
  return new Search(model, calls, limit).run();
}

/** A call that may come next, and what it leads to. */
interface Move<State> {
  readonly call: number;
  readonly answered: boolean;
  readonly state: State;
}

/** One place in the order: what was placed there, and the moves that were possible after it. */
interface Place<State> {
  readonly placed: Move<State> | undefined;
  readonly state: State;
  /** The answered call that started last among those placed. */
  readonly newest: number;
  readonly moves: readonly Move<State>[];
  tried: number;
}

class Search<State extends Json> {
  readonly #model: Model<State>;
  readonly #answered: readonly Call[];
  readonly #unanswered: readonly Call[];
  readonly #open: OpenCalls;
  /** The calls without an answer that were given a place. */
  readonly #taken = new Set<number>();
  readonly #seen = new Set<string>();
  readonly #limit: number;
  #best: Stuck | undefined;

  constructor(model: Model<State>, calls: readonly Call[], limit: number) {
    const byStart = [...calls].sort((a, b) => a.start - b.start);
    this.#model = model;
    this.#answered = byStart.filter(({ end }) => end !== undefined);
    this.#unanswered = byStart.filter(({ end }) => end === undefined);
    this.#open = new OpenCalls(this.#answered);
    this.#limit = limit;
  }

  run(): Verdict {
    const order = [this.#place(undefined, this.#model.initial, -1)];
    while (!this.#open.isEmpty) {
      const here = order.at(-1) as Place<State>;
      const move = here.moves[here.tried];
      here.tried += 1;
      if (move) this.#try(move, here, order);
      else {
        this.#remember(order);
        if (order.length === 1) return this.#stuck('unexplained');
        this.#takeBack(order.pop() as Place<State>);
      }
      if (this.#seen.size > this.#limit) {
        this.#remember(order);
        return this.#stuck('undecided');
      }
    }
    return { kind: 'explained' };
  }

  #try(move: Move<State>, here: Place<State>, order: Place<State>[]): void {
    if (move.answered) this.#open.lift(move.call);
    else this.#taken.add(move.call);
    const newest = move.answered ? Math.max(here.newest, move.call) : here.newest;
    if (this.#isNew(move.state, newest)) order.push(this.#place(move, move.state, newest));
    else this.#undo(move);
  }

  #takeBack({ placed }: Place<State>): void {
    if (placed) this.#undo(placed);
  }

  #undo({ call, answered }: Move<State>): void {
    if (answered) this.#open.putBack(call);
    else this.#taken.delete(call);
  }

  /** Which calls are placed is told by the newest of them and the few before it that are not, and by the unanswered ones. */
  #isNew(state: State, newest: number): boolean {
    const taken = [...this.#taken].sort((a, b) => a - b);
    const key = JSON.stringify([newest, this.#open.before(newest), taken, state]);
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    return true;
  }

  #place(placed: Move<State> | undefined, state: State, newest: number): Place<State> {
    const { calls, until } = this.#open.first();
    const moves: Move<State>[] = [];
    for (const call of calls) {
      for (const after of this.#model.after(state, this.#answered[call] as Call))
        moves.push({ call, answered: true, state: after });
    }
    // Those whose answer is known come first: the others are needed seldom.
    for (const [call, each] of this.#unanswered.entries()) {
      if (each.start > until) break;
      if (this.#taken.has(call) || this.#isTooLate(each, newest)) continue;
      const now = JSON.stringify(state);
      for (const after of this.#model.after(state, each))
        if (JSON.stringify(after) !== now) moves.push({ call, answered: false, state: after });
    }
    return { placed, state, newest, moves, tried: 0 };
  }

  /** Whether something was placed already that started when the call can have had no effect any more. */
  #isTooLate({ latest = Number.POSITIVE_INFINITY }: Call, newest: number): boolean {
    return latest < (this.#answered[newest]?.start ?? Number.NEGATIVE_INFINITY);
  }

  #remember(order: readonly Place<State>[]): void {
    if (order.length <= (this.#best?.order.length ?? -1) + 1) return;
    const placed = order.flatMap(({ placed: move }) => (move ? [this.#callOf(move)] : []));
    const next = this.#open.first().calls.map((call) => this.#answered[call] as Call);
    const { state } = order.at(-1) as Place<State>;
    this.#best = { kind: 'unexplained', order: placed, state, next };
  }

  #callOf({ call, answered }: Move<State>): Call {
    return (answered ? this.#answered : this.#unanswered)[call] as Call;
  }

  #stuck(kind: Stuck['kind']): Stuck {
    const { order, state, next } = this.#best ?? { order: [], state: this.#model.initial, next: [] };
    return { kind, order, state, next };
  }
}
