import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everything } from '../../query/condition.js';
import { insert, trial, update } from '../database/steps.js';
import type { IndexedDbConnector } from '../describe-indexed-db.js';
import { isClosed, type NativeConnections, watchConnections } from './native-connections.js';
import { deleteDatabase, newName } from './other-tab.js';

export function describeLeftPages(connector: IndexedDbConnector): void {
  describe('a page that is left', () => {
    let name: string;
    let native: NativeConnections;

    beforeEach(() => {
      name = newName();
      native = watchConnections();
    });

    afterEach(async () => {
      native.stop();
      await deleteDatabase(name);
    });

    it('closes its connection, and opens it again when it comes back', async () => {
      const database = await connector.open(name);
      await database.write([insert('trials', [trial(1)])]);
      globalThis.dispatchEvent(new Event('pagehide'));
      await expect.poll(() => native.opened.every(isClosed)).toBe(true);
      expect(await database.count('trials', everything)).toBe(1);
      await database.close();
    });

    it.each([
      ['left', () => globalThis.dispatchEvent(new Event('pagehide'))],
      ['frozen', () => document.dispatchEvent(new Event('freeze'))],
    ])(
      'and is %s in the middle of a write gives that up, for others to go on, and does it again later',
      async (_, leave) => {
        const database = await connector.open(name);
        await database.write([insert('trials', [trial(1, { raised: 0 })])]);
        let writes = 0;
        native.onTransaction(({ mode }) => {
          if (mode !== 'readwrite') return;
          writes += 1;
          if (writes === 1) queueMicrotask(leave);
        });
        const [outcome] = await database.write([update('trials', { _id: 1 }, { raised: 1 })]);
        expect(writes).toBe(2);
        expect(outcome).toMatchObject([{ raised: 1 }]);
        expect(await database.find('trials', everything)).toMatchObject([{ raised: 1 }]);
        await database.close();
      },
    );
  });
}
