import { describe, expect } from 'vitest';
import { everything } from '../../query/condition.js';
import { update } from '../database/steps.js';
import type { IndexedDbConnector } from '../describe-indexed-db.js';
import { isClosed } from './native-connections.js';
import { testOfStore } from './store-fixture.js';

export function describeLeftPages(connector: IndexedDbConnector): void {
  describe('a page that is left', () => {
    const it = testOfStore(connector);

    it('closes its connection, and opens it again when it comes back', async ({ native, database }) => {
      globalThis.dispatchEvent(new Event('pagehide'));
      await expect.poll(() => native.opened.every(isClosed)).toBe(true);
      expect(await database.count('trials', everything)).toBe(1);
    });

    it.for([
      ['left', () => globalThis.dispatchEvent(new Event('pagehide'))],
      ['frozen', () => document.dispatchEvent(new Event('freeze'))],
    ] as const)(
      'and is %s in the middle of a write gives that up, for others to go on, and does it again later',
      async ([, leave], { native, database }) => {
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
      },
    );
  });
}
