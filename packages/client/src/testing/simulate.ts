import type { AlgorithmDefinition } from '../algorithms/algorithm.js';
import type { Random } from '../random.js';
import type { AnyParams, SpaceInput } from '../space/param-types.js';
import { type Begun, SimulatedSearch, type SimulatedSearchOptions } from './simulated-search.js';
import type { Ending } from './simulated-trial.js';

/** What {@link simulate} searches, and how its trials end. */
export interface SimulationOptions extends SimulatedSearchOptions {
  readonly space: SpaceInput;
  /** What becomes of a trial. */
  readonly evaluate: (point: AnyParams) => Ending;
  /** How many trials are begun, at most. */
  readonly trials: number;
  /** How many are under way at once. Default: 1. */
  readonly workers?: number;
  /** Lets trials end in a random order. Default: in the order in which they began. */
  readonly order?: Random;
  /** Called with each point when it is suggested, and with all trials begun before. */
  readonly onSuggest?: (point: AnyParams, before: readonly Begun[]) => void;
  /** Called with each point when it has ended. */
  readonly onEnd?: (point: AnyParams) => void;
}

/**
 * Searches with several workers, as {@link SimulatedSearch} does, and ends where nothing more is suggested.
 *
 * @returns all trials, in the order in which they were begun.
 * @throws InvalidConfigurationError if the space is none, or the algorithm cannot search it.
 */
export function simulate(define: AlgorithmDefinition, options: SimulationOptions): readonly Begun[] {
  const { space, evaluate, trials, workers = 1, order, onSuggest, onEnd } = options;
  const search = new SimulatedSearch(define, space, options);
  const running: Begun[] = [];
  for (;;) {
    while (running.length < workers && search.begun.length < trials) {
      const next = search.next();
      if (!next) break;
      onSuggest?.(next.point, search.begun.slice(0, -1));
      running.push(next);
    }
    if (running.length === 0) return search.begun;
    const [ended] = running.splice(order ? order.integer(running.length) : 0, 1) as [Begun];
    search.end(ended.trial, evaluate(ended.point));
    onEnd?.(ended.point);
  }
}
