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
  await bringBackLost(search);
  const over = await whyOver(search);
  if (over) return over;
  if (!(await hasRoom(search, options.worker))) return 'wait';
  for (;;) {
    const trial = await storage.reserveTrial(record, { worker: options.worker });
    if (trial) return (await hasRoom(search, options.worker, trial)) ? trial : putBack(search, trial);
    const produced = await produce(search, options.poolSize, options.signal);
    if (produced !== 'again') return produced === 'full' ? 'wait' : 'exhausted';
  }
}

/** Makes trials whose worker died wait for another one. */
async function bringBackLost({ storage, record }: Search): Promise<void> {
  for (const trial of await storage.fetchLostTrials(record)) await giveUp(storage, trial, 'interrupted');
}

async function whyOver(search: Search): Promise<Over | undefined> {
  const limit = await reached(search);
  if (!limit) return undefined;
  await search.refresh();
  return reached(search);
}

async function reached({ storage, record, maxTrials, maxBroken }: Search): Promise<Over | undefined> {
  if ((await storage.countCompletedTrials(record)) >= maxTrials) return 'max-trials';
  if ((await storage.countBrokenTrials(record)) >= maxBroken) return 'max-broken';
  return undefined;
}

/**
 * Whether a trial is needed besides those completed and those that others evaluate. For a trial reserved already, only
 * those reserved before it count: of several workers that were too many at once, the first go on.
 */
async function hasRoom(
  { storage, record, maxTrials }: Search,
  worker: string,
  own?: Trial,
): Promise<boolean> {
  if (maxTrials === Number.POSITIVE_INFINITY) return true;
  const where = { status: 'reserved', worker: { $ne: worker } };
  const reserved = await storage.fetchTrials(record, { where, selection: { start_time: 1 } });
  const ahead = own ? reserved.filter((other) => isBefore(other, own)) : reserved;
  return ahead.length + (await storage.countCompletedTrials(record)) < maxTrials;
}

function isBefore(a: Trial, b: Trial): boolean {
  const apart = (a.start_time?.getTime() ?? 0) - (b.start_time?.getTime() ?? 0);
  return apart === 0 ? a._id < b._id : apart < 0;
}

async function putBack({ storage }: Search, trial: Trial): Promise<'wait'> {
  await giveUp(storage, trial, 'suspended');
  return 'wait';
}
