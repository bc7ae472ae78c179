import type { Trial } from '@trialbase/core';
import { giveUp } from '../evaluation/give-up.js';
import { produce } from '../produce.js';
import type { Search } from '../search.js';

export interface NextTrialOptions {
  /** Who will evaluate the trial. */
  readonly worker: string;
  /** How many points are suggested at once. */
  readonly poolSize: number;
  readonly signal?: AbortSignal | undefined;
}

/** Why no more trials will come. */
export type Over = 'max-trials' | 'max-broken' | 'exhausted';

/**
 * A trial reserved for the worker, suggested anew where none is waiting; `wait` where as many are under way as are
 * needed, or why the search is over.
 */
export async function nextTrial(search: Search, options: NextTrialOptions): Promise<Trial | 'wait' | Over> {
  const { storage, record } = search;
  const { worker, poolSize, signal } = options;
  await bringBackLost(search);
  const standing = await standingOf(search, worker);
  const over = await whyOver(search, standing);
  if (over) return over;
  if (!hasRoom(search, standing)) return 'wait';
  for (;;) {
    const trial = await storage.reserveTrial(record, { worker });
    if (trial)
      return hasRoom(search, await standingOf(search, worker), trial) ? trial : putBack(search, trial);
    const produced = await produce(search, poolSize, signal);
    if (produced !== 'again') return produced === 'full' ? 'wait' : 'exhausted';
  }
}

/** Makes trials whose worker died wait for another one. */
async function bringBackLost({ storage, record }: Search): Promise<void> {
  for (const trial of await storage.fetchLostTrials(record)) await giveUp(storage, trial, 'interrupted');
}

/** How far a search is that has an end. */
interface Standing {
  /** The trials that other workers evaluate. */
  readonly others: readonly Trial[];
  readonly completed: number;
}

/** Others are looked at first: what they complete in between counts twice, which is no harm, and never not at all. */
async function standingOf({ storage, record, maxTrials }: Search, worker: string): Promise<Standing> {
  if (maxTrials === Number.POSITIVE_INFINITY) return { others: [], completed: 0 };
  const where = { status: 'reserved', worker: { $ne: worker } };
  const others = await storage.fetchTrials(record, { where, selection: { start_time: 1 } });
  return { others, completed: await storage.countCompletedTrials(record) };
}

async function whyOver(search: Search, { completed }: Standing): Promise<Over | undefined> {
  const broken = await search.storage.countBrokenTrials(search.record);
  const limit = (): Over | undefined => {
    if (completed >= search.maxTrials) return 'max-trials';
    return broken >= search.maxBroken ? 'max-broken' : undefined;
  };
  if (!limit()) return undefined;
  await search.refresh();
  return limit();
}

/**
 * Whether a trial is needed besides those completed and those that others evaluate. For a trial reserved already, only
 * those reserved before it count: of several workers that were too many at once, the first go on.
 */
function hasRoom({ maxTrials }: Search, { others, completed }: Standing, own?: Trial): boolean {
  const ahead = own ? others.filter((other) => isBefore(other, own)) : others;
  return ahead.length + completed < maxTrials;
}

function isBefore(a: Trial, b: Trial): boolean {
  const apart = (a.start_time?.getTime() ?? 0) - (b.start_time?.getTime() ?? 0);
  return apart === 0 ? a._id < b._id : apart < 0;
}

async function putBack({ storage }: Search, trial: Trial): Promise<'wait'> {
  await giveUp(storage, trial, 'suspended');
  return 'wait';
}
