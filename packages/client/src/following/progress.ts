import { type Id, type Trial, type TrialChange, type TrialStatus, trialStatuses } from '@trialbase/core';
import type { Search } from '../search.js';
import { isAhead, type Ranked, ranked } from './best.js';
import type { FollowOptions } from './finished.js';
import { fetchBest } from './stats.js';

/** How a search stands at one moment, whoever works on it. */
export interface Progress {
  /** How many trials there are of each status. */
  readonly counts: Readonly<Record<TrialStatus, number>>;
  /** How many are to be completed; `undefined` if there is no end. */
  readonly maxTrials: number | undefined;
  /** The trials that are evaluated now, with what they have reported, by the time they were started. */
  readonly running: readonly Trial[];
  /** The best completed trial, as `best()` has it. */
  readonly best: Trial | undefined;
}

/** How the search stands, then again whenever that has changed; a reader who takes his time misses what was in between. */
export async function* progress(search: Search, options: FollowOptions): AsyncGenerator<Progress, undefined> {
  const tally = new Tally();
  for await (const changes of search.storage.watchTrials(search.record, options)) {
    for (const change of changes) tally.take(change);
    if (tally.bestIsGone) tally.lead(await fetchBest(search.storage, search.record));
    if (tally.counts.completed >= search.maxTrials) await search.refresh(); // it may have been extended
    yield tally.standing(search.record.max_trials);
    if (options.signal?.aborted) return undefined;
  }
  return undefined;
}

/** Adds up what becomes of trials. */
class Tally {
  readonly counts = Object.fromEntries(trialStatuses.map((status) => [status, 0])) as Record<
    TrialStatus,
    number
  >;
  bestIsGone = false;
  #best: Ranked | undefined;
  readonly #statuses = new Map<Id, TrialStatus>();
  readonly #running = new Map<Id, Trial>();

  take(change: TrialChange): void {
    const trial = change.kind === 'removed' ? undefined : change.trial;
    const _id = change.kind === 'removed' ? change._id : change.trial._id;
    const before = this.#statuses.get(_id);
    if (before) this.counts[before] -= 1;
    if (this.#best?.trial._id === _id && trial?.status !== 'completed') this.bestIsGone = true;
    this.#statuses.delete(_id);
    this.#running.delete(_id);
    if (!trial) return;
    this.counts[trial.status] += 1;
    this.#statuses.set(_id, trial.status);
    if (trial.status === 'reserved') this.#running.set(_id, trial);
    const one = ranked(trial);
    if (one && isAhead(one, this.#best)) this.#best = one;
  }

  /** Sets the best, where it was lost sight of. */
  lead(best: Trial | undefined): void {
    this.#best = best && ranked(best);
  }

  standing(maxTrials: number | undefined): Progress {
    this.bestIsGone = false;
    const running = [...this.#running.values()].toSorted((a, b) => startOf(a) - startOf(b));
    return { counts: { ...this.counts }, maxTrials, running, best: this.#best?.trial };
  }
}

function startOf({ start_time }: Trial): number {
  return start_time?.getTime() ?? 0;
}
