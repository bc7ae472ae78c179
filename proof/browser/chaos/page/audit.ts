import { RecordedStorage } from '../../../src/history/recorded-storage.js';
import { lookAtEverything } from '../../../src/workload/last-look.js';
import { open } from './actor.js';
import type { Link } from './link.js';
import { LinkLog } from './link-log.js';
import { shown } from './shown.js';
import { sleep } from './sleep.js';

/** How long to wait before the storage is opened again, in milliseconds. */
const RETRY = 200;

/** Looks at all there is, once, and tells the trials of the experiment of the moment. */
export async function audit(link: Link): Promise<void> {
  const log = new LinkLog(link);
  let connect = await open(link, log);
  for (; !connect; connect = await open(link, log)) await sleep(RETRY);
  const storage = new RecordedStorage(link.setting.actor, log, connect);
  await lookAtEverything(storage);
  const trials = await storage.storage.fetchTrials({ uid: link.task.experiment });
  link.tell({ kind: 'audited', trials: trials.map(shown) });
}
