import { compareOutcomes } from '../outcome.js';
import type { Contender } from './contender.js';

/** What a bracket has to do next: evaluate some of its configurations on a rung, wait for those under way, or nothing. */
export type Progress =
  | { readonly kind: 'climb'; readonly contenders: readonly Contender[]; readonly rung: number }
  | { readonly kind: 'wait' }
  | { readonly kind: 'finished' };

/**
 * How a bracket of successive halving stands, all of whose configurations are there. Once they have ended on a rung, the
 * best go on to the next: of those that began, 1/`base` to the first, 1/`base`² to the second, and so on.
 *
 * @param isOpen whether a configuration is under way on a rung.
 */
export function progressOf(
  contenders: readonly Contender[],
  first: number,
  { top, base }: { readonly top: number; readonly base: number },
  isOpen: (contender: Contender, rung: number) => boolean,
): Progress {
  let here = contenders;
  let share = 1;
  for (let rung = first; rung <= top; rung += 1) {
    const missing = here.filter(({ outcomes }) => outcomes[rung] === undefined);
    const unstarted = missing.filter((contender) => !isOpen(contender, rung));
    if (unstarted.length > 0) return { kind: 'climb', contenders: unstarted, rung };
    if (missing.length > 0) return { kind: 'wait' };
    share *= base;
    here = bestOn(rung, here).slice(0, Math.floor(contenders.length / share));
  }
  return { kind: 'finished' };
}

function bestOn(rung: number, contenders: readonly Contender[]): Contender[] {
  const completed = contenders.flatMap((contender) => {
    const outcome = contender.outcomes[rung];
    return outcome === undefined || outcome === 'broken' ? [] : [{ contender, outcome }];
  });
  return completed
    .toSorted((a, b) => compareOutcomes(a.outcome, b.outcome))
    .map(({ contender }) => contender);
}
