import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everything } from '../../query/condition.js';
import { insert, trial } from '../database/steps.js';
import type { IndexedDbConnector } from '../describe-indexed-db.js';
import { deleteDatabase, newName, openStubbornly } from './other-tab.js';

/** What another tab leaves undone. */
interface Unfinished {
  /** Ends it. */
  finish(): Promise<void>;
}

/** Begins a write, and does not come to its end: as a tab does that hangs, or is frozen, in the middle of one. */
async function beginWrite(name: string, store = 'trials'): Promise<Unfinished> {
  const database = await openStubbornly(name);
  const transaction = database.transaction(store, 'readwrite');
  const ended = new Promise((resolve) => {
    transaction.addEventListener('complete', resolve);
  });
  let goesOn = true;
  const askAgain = (): void => {
    if (goesOn) transaction.objectStore(store).count().addEventListener('success', askAgain);
  };
  askAgain();
  return {
    async finish() {
      goesOn = false;
      await ended;
      database.close();
    },
  };
}

export function describeWaiting(connector: IndexedDbConnector): void {
  describe('a call that others keep waiting', () => {
    let name: string;

    beforeEach(() => {
      name = newName();
    });

    afterEach(() => deleteDatabase(name));

    it('ends in time with an error that says so, with nothing stored, and works when they let go', async () => {
      const database = await connector.open(name, { callTimeout: 200 });
      const other = await beginWrite(name);
      for (const call of [
        database.write([insert('trials', [trial(1)])]),
        database.find('trials', everything),
      ]) {
        await expect(call).rejects.toMatchObject({
          code: 'storage-unavailable',
          message: expect.stringContaining('200 ms'),
        });
      }
      await other.finish();
      expect(await database.count('trials', everything)).toBe(0);
      await database.write([insert('trials', [trial(1)])]);
      expect(await database.count('trials', everything)).toBe(1);
      await database.close();
    });

    it('is done where they let go in time', async () => {
      const database = await connector.open(name, { callTimeout: 20_000 });
      const other = await beginWrite(name);
      const write = database.write([insert('trials', [trial(1)])]);
      const first = await Promise.race([write, new Promise((resolve) => setTimeout(resolve, 100, 'waits'))]);
      expect(first).toBe('waits');
      await other.finish();
      expect((await write)[0]).toHaveLength(1);
      await database.close();
    });

    it.each(['trials', 'benchmarks'])(
      'does not keep a store from being closed: a write of %s',
      async (store) => {
        const database = await connector.open(name);
        const other = await beginWrite(name, store);
        expect(await database.close()).toBeUndefined();
        await other.finish();
      },
    );
  });
}
