import type { Result, Trial } from '@trialbase/core';
import {
  type AlgorithmDefinition,
  type AnyParams,
  buildSpace,
  type Random,
  type SpaceInput,
  toParams,
} from '../src/index.js';

export interface SimulationOptions {
  readonly space: SpaceInput;
  /** The objective at a point, or what results it has; `undefined` breaks the trial. */
  readonly evaluate: (point: AnyParams) => number | readonly Result[] | undefined;
  /** How many trials are begun, at most. */
  readonly trials: number;
  /** How many are under way at once. Default: 1. */
  readonly workers?: number;
  /** How many instances of the algorithm take turns. Default: 1. */
  readonly instances?: number;
  /** Lets trials end in a random order. Default: in the order in which they began. */
  readonly order?: Random;
  /** Called with each point when it is suggested, and with all trials begun before. */
  readonly onSuggest?: (point: AnyParams, before: readonly Begun[]) => void;
}

export interface Begun {
  readonly point: AnyParams;
  readonly trial: Trial;
}

/**
 * Searches as the workers of an experiment do: the state goes through a store, each instance is told once of each trial
 * that ended, and a point that is known is asked for again. Ends where nothing more is suggested.
 */
export function simulate(define: AlgorithmDefinition, options: SimulationOptions): Begun[] {
  const { evaluate, trials, workers = 1, instances = 1, order, onSuggest } = options;
  const space = buildSpace(options.space);
  const algorithms = Array.from({ length: instances }, () => ({ algorithm: define.create(space), told: 0 }));
  let state = algorithms[0]?.algorithm.state();
  const begun: Begun[] = [];
  const known = new Set<string>();
  const pending: Begun[] = [];
  const ended: Trial[] = [];
  for (let turn = 0; begun.length < trials || pending.length > 0; turn += 1) {
    const next = pending.length < workers && begun.length < trials ? suggestNew(turn) : undefined;
    if (next) {
      onSuggest?.(next.point, begun);
      begun.push(next);
      pending.push(next);
    } else if (pending.length === 0) {
      break;
    } else {
      const [one] = pending.splice(order ? order.integer(pending.length) : 0, 1) as [Begun];
      const result = evaluate(one.point);
      const trial: Trial = {
        ...one.trial,
        end_time: new Date(ended.length),
        status: result === undefined ? 'broken' : 'completed',
        results:
          typeof result === 'number'
            ? [{ name: 'objective', type: 'objective', value: result }]
            : [...(result ?? [])],
      };
      begun[begun.indexOf(one)] = { ...one, trial };
      ended.push(trial);
    }
  }
  return begun;

  function suggestNew(turn: number): Begun | undefined {
    const one = algorithms[turn % instances] as (typeof algorithms)[number];
    one.algorithm.setState(structuredClone(state));
    one.algorithm.observe(ended.slice(one.told));
    one.told = ended.length;
    try {
      for (let tries = 0; tries < 1000; tries += 1) {
        const [point] = one.algorithm.suggest(
          1,
          pending.map(({ trial }) => trial),
        );
        if (!point) return undefined;
        const params = toParams(space, point);
        const key = JSON.stringify(params);
        if (known.has(key)) continue;
        known.add(key);
        return { point, trial: newTrial(params, begun.length) };
      }
      return undefined;
    } finally {
      state = one.algorithm.state();
    }
  }
}

function newTrial(params: Trial['params'], number: number): Trial {
  const id = String(number).padStart(6, '0');
  return {
    _id: id,
    id,
    experiment: 'e',
    status: 'reserved',
    worker: null,
    submit_time: new Date(number),
    start_time: null,
    end_time: null,
    heartbeat: null,
    results: [],
    params,
    parent: null,
    exp_working_dir: null,
  };
}
