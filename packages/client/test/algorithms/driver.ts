import type { Result, Trial } from '@trialbase/core';
import {
  type Algorithm,
  type AlgorithmDefinition,
  type AnyParams,
  buildSpace,
  type Space,
  type SpaceInput,
  toParams,
} from '../../src/index.js';

/** What became of a trial: its results, or that it is broken. */
export type Ending = number | readonly Result[] | 'broken';

/**
 * Searches as the client does, without a store: each suggestion begins from a state that has been through JSON, and points
 * that are known are asked for again.
 */
export class Driver {
  readonly space: Space;
  readonly points: AnyParams[] = [];
  /** How many known points were suggested. */
  repeated = 0;
  pending: Trial[] = [];
  readonly #define: AlgorithmDefinition;
  readonly #ended: Trial[] = [];
  readonly #known = new Set<string>();
  #algorithm: Algorithm;
  #state: unknown;

  constructor(define: AlgorithmDefinition, space: SpaceInput) {
    this.#define = define;
    this.space = buildSpace(space);
    this.#algorithm = define.create(this.space);
    this.#state = this.#algorithm.state();
  }

  /** A trial with a new point of the space, now under way; `undefined` where the algorithm has none. */
  next(): Trial | undefined {
    for (let tries = 0; tries < 2_000; tries += 1) {
      this.#algorithm.setState(JSON.parse(JSON.stringify(this.#state)));
      const [point] = this.#algorithm.suggest(1, this.pending);
      this.#state = this.#algorithm.state();
      if (!point) return undefined;
      const params = toParams(this.space, point);
      const key = JSON.stringify(params);
      if (this.#known.has(key)) {
        this.repeated += 1;
        continue;
      }
      this.#known.add(key);
      this.points.push(point);
      const trial = trialOf(params, this.points.length);
      this.pending = [...this.pending, trial];
      return trial;
    }
    return undefined;
  }

  end(trial: Trial, ending: Ending): void {
    this.pending = this.pending.filter(({ _id }) => _id !== trial._id);
    const ended = endedTrial(trial, ending);
    this.#ended.push(ended);
    this.#algorithm.observe([ended]);
  }

  /** Suggests and ends `count` trials, one after another, or as many as there are. */
  run(count: number, evaluate: (point: AnyParams) => Ending): this {
    for (let i = 0; i < count; i += 1) {
      const trial = this.next();
      if (!trial) break;
      this.end(trial, evaluate(this.points.at(-1) as AnyParams));
    }
    return this;
  }

  /** Another worker takes over: it is told everything at once, in the order that `arrange` gives. */
  takeOver(arrange: (trials: readonly Trial[]) => readonly Trial[] = (trials) => trials): this {
    this.#algorithm = this.#define.create(this.space);
    this.#algorithm.setState(structuredClone(this.#state));
    this.#algorithm.observe(arrange(this.#ended));
    return this;
  }

  get state(): unknown {
    return this.#state;
  }
}

function trialOf(params: Trial['params'], number: number): Trial {
  const id = String(number).padStart(6, '0');
  const times = { submit_time: null, start_time: null, end_time: null, heartbeat: null };
  const rest = { worker: null, results: [], parent: null, exp_working_dir: null, experiment: 'e' };
  return { _id: id, id, status: 'reserved', params, ...times, ...rest };
}

function endedTrial(trial: Trial, ending: Ending): Trial {
  if (ending === 'broken') return { ...trial, status: 'broken' };
  const results: readonly Result[] =
    typeof ending === 'number' ? [{ name: 'objective', type: 'objective', value: ending }] : ending;
  return { ...trial, status: 'completed', results };
}
