import { errorCode, type NewTrial, type Trial } from '@trialbase/core';
import type { Algorithm } from './algorithms/algorithm.js';
import { fetchOpen } from './observer.js';
import type { Search } from './search.js';
import { toParams } from './space/space.js';

/** An algorithm that suggests so many known points in a row is taken to have no others. */
const PATIENCE = 1_000;

/** `again`: there is a trial to reserve; `full`: none may be added for now; `exhausted`: there will be no more. */
export type Produced = 'again' | 'full' | 'exhausted';

/**
 * Registers up to `count` new trials, and never more than the experiment has room for: those completed, under way and
 * waiting are together `max_trials` at most.
 */
export async function produce(search: Search, count: number, signal?: AbortSignal): Promise<Produced> {
  const { storage, record } = search;
  try {
    return await storage.acquireAlgorithmLock(record, signal ? { signal } : {}, async (locked) => {
      const open = await fetchOpen(storage, record);
      const underWay = open.filter(({ status }) => status === 'reserved').length;
      if (underWay < open.length) return 'again';
      // Counted after the open ones: what is completed in between counts twice, which is no harm, and never not at all.
      const completed = await storage.countCompletedTrials(record);
      const room = search.maxTrials - completed - underWay;
      if (room <= 0) return 'full';
      const algorithm = search.algorithmAt(locked.state);
      const ended = algorithm.needsObservations ? await search.observer.next({ open, completed }) : [];
      algorithm.observe(ended);
      const pending = without(open, ended);
      const registered = await register(search, algorithm, Math.min(count, room), pending);
      locked.setState(algorithm.state());
      if (registered > 0) return 'again';
      return underWay > 0 ? 'full' : 'exhausted';
    });
  } catch (error) {
    // The lock was freed by hand meanwhile, and somebody else suggests now.
    if (errorCode(error) === 'failed-update') return 'again';
    throw error;
  }
}

/** Those of `open` that have not ended since they were read. */
function without(open: readonly Trial[], ended: readonly Trial[]): readonly Trial[] {
  const ids = new Set(ended.map(({ _id }) => _id));
  return open.filter(({ _id }) => !ids.has(_id));
}

/** Registers `count` new trials, or as many as the algorithm has. @returns how many. */
async function register(
  search: Search,
  algorithm: Algorithm,
  count: number,
  open: readonly Trial[],
): Promise<number> {
  const pending = [...open];
  let registered = 0;
  let repeats = 0;
  while (registered < count && repeats < PATIENCE) {
    const points = algorithm.suggest(count - registered, pending);
    if (points.length === 0) break;
    const trials = points.map(
      (point): NewTrial => ({
        experiment: search.record._id,
        params: toParams(search.space, point),
        submit_time: new Date(),
      }),
    );
    const { registered: fresh } = await search.storage.registerTrials(trials);
    registered += fresh.length;
    pending.push(...fresh);
    search.observer.note(fresh);
    repeats = fresh.length > 0 ? 0 : repeats + points.length;
  }
  return registered;
}
