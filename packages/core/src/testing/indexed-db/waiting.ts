import { describe, expect } from 'vitest';
import { everything } from '../../query/condition.js';
import { insert, trial } from '../database/steps.js';
import type { IndexedDbConnector } from '../describe-indexed-db.js';
import { openStubbornly } from './other-tab.js';
import { testOfStore } from './store-fixture.js';

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
    const it = testOfStore(connector);

    it('ends in time with an error that says so, with nothing stored, and works when they let go', async ({
      storeName,
    }) => {
      const database = await connector.open(storeName, { callTimeout: 200 });
      const other = await beginWrite(storeName);
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

    it('is done where they let go in time', async ({ storeName }) => {
      const database = await connector.open(storeName, { callTimeout: 20_000 });
      const other = await beginWrite(storeName);
      const write = database.write([insert('trials', [trial(1)])]);
      const first = await Promise.race([write, new Promise((resolve) => setTimeout(resolve, 100, 'waits'))]);
      expect(first).toBe('waits');
      await other.finish();
      expect((await write)[0]).toHaveLength(1);
      await database.close();
    });

    it.for(['trials', 'benchmarks'])(
      'does not keep a store from being closed: a write of %s',
      async (store, { storeName, database }) => {
        const other = await beginWrite(storeName, store);
        expect(await database.close()).toBeUndefined();
        await other.finish();
      },
    );
  });
}
