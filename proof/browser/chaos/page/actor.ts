import { errorCode, type StorageProtocol } from '@trialbase/core';
import { RecordedStorage } from '../../../src/history/recorded-storage.js';
import { Random } from '../../../src/workload/random.js';
import { work } from '../../../src/workload/worker.js';
import type { Link } from './link.js';
import { LinkLog } from './link-log.js';
import { sleep } from './sleep.js';
import { type Connect, openStorage } from './storage.js';

/** How long an actor waits before it opens the storage again, in milliseconds. */
const RETRY = 200;

/** Opens the storage and works on it, again and again, for as long as the supervisor lets it. */
export async function act(link: Link): Promise<never> {
  const random = new Random(link.setting.seed);
  const log = new LinkLog(link);
  for (let life = 1; ; life++) {
    const connect = await open(link, log);
    if (connect) {
      const storage = new RecordedStorage(`${link.setting.actor}.${life}`, log, connect);
      await live(storage, link, random);
      await close(storage.storage, log);
    }
    await sleep(RETRY);
  }
}

/** Opens the storage once. @returns nothing where something is in the way, which is recorded. */
export function open({ setting }: Link, log: LinkLog): Promise<Connect | undefined> {
  const { library } = setting;
  return log
    .record(
      'open',
      { library },
      () => ({}),
      async () => openStorage(setting),
    )
    .catch(() => undefined);
}

function close(storage: StorageProtocol, log: LinkLog): Promise<void> {
  return log.record(
    'close',
    {},
    () => ({}),
    () => storage.close(),
  );
}

/** Works until there is some trouble after which one opens the storage anew: now and then one may try on as well. */
async function live(storage: RecordedStorage, link: Link, random: Random): Promise<void> {
  const over = new AbortController();
  const { worker, patience, fault } = link.setting;
  try {
    await work(storage, {
      name: worker,
      random,
      experimentAt: () => link.task.experiment,
      // What is deleted hides what else a planted fault has done to it.
      deletes: fault === undefined || fault === 'brings-deleted-trials-back',
      lockTimeout: patience,
      onTrouble: (error) => {
        link.tell({ kind: 'refused' });
        if (errorCode(error) === 'storage-unavailable' && random.chance(0.5)) over.abort();
      },
      signal: over.signal,
    });
  } catch {
    // An error that no call may end with: it is recorded.
  }
}
