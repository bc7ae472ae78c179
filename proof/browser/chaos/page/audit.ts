import { RecordedStorage } from '../../../src/history/recorded-storage.js';
import { lookAtEverything } from '../../../src/workload/last-look.js';
import type { Link } from './link.js';
import { LinkLog } from './link-log.js';
import { shown } from './shown.js';
import { openStorage } from './storage.js';

/** Looks at all there is, once, and tells the trials of the experiment of the moment. */
export async function audit(link: Link): Promise<void> {
  const connect = await openStorage(link.setting);
  const storage = new RecordedStorage(link.setting.actor, new LinkLog(link), connect);
  await lookAtEverything(storage);
  const trials = await storage.storage.fetchTrials({ uid: link.task.experiment });
  link.tell({ kind: 'audited', trials: trials.map(shown) });
}
