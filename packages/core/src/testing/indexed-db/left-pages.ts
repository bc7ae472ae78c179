import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everything } from '../../query/condition.js';
import { insert, trial } from '../database/steps.js';
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
  });
}
