import type { ShownTrial } from '../messages.js';
import type { Link, Task } from './link.js';
import { shown } from './shown.js';
import { sleep } from './sleep.js';
import { openStorage } from './storage.js';

/** How long to wait before the storage is opened again, in milliseconds. */
const RETRY = 200;

/** Watches the trials of the experiment that is worked on, and of the next one in its turn, whatever becomes of their stores. */
export class Watcher {
  readonly #link: Link;
  #trials = new Map<unknown, ShownTrial>();

  constructor(link: Link) {
    this.#link = link;
    void this.#watch();
  }

  /** The trials as they were shown last. */
  shown(): ShownTrial[] {
    return [...this.#trials.values()];
  }

  async #watch(): Promise<never> {
    for (;;) {
      // What goes wrong with the store the actors tell.
      await this.#watchOnce(this.#link.task).catch(() => undefined);
      await sleep(RETRY);
    }
  }

  async #watchOnce({ experiment: uid, ended: signal }: Task): Promise<void> {
    const storage = (await openStorage(this.#link.setting))();
    try {
      const trials = new Map<unknown, ShownTrial>();
      this.#trials = trials;
      for await (const changes of storage.watchTrials({ uid }, { signal })) {
        for (const change of changes) {
          if (change.kind === 'removed') trials.delete(change._id);
          else trials.set(change.trial._id, shown(change.trial));
        }
      }
    } finally {
      await storage.close();
    }
  }
}
