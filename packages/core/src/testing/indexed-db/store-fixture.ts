import { test as base, type TestAPI } from 'vitest';
import type { OpenDatabase } from '../../database.js';
import { insert, trial } from '../database/steps.js';
import type { IndexedDbConnector } from '../describe-indexed-db.js';
import { type NativeConnections, watchConnections } from './native-connections.js';
import { deleteDatabase, newName } from './other-tab.js';

/** What a test takes that needs a store of its own. It is closed and deleted when the test is over. */
export interface StoreFixture {
  /** The name of the database, which no other test uses. */
  readonly storeName: string;
  /** The connections to it. */
  readonly native: NativeConnections;
  /** The open database, with one trial in it: `trial(1, { raised: 0 })`. */
  readonly database: OpenDatabase;
}

/** Vitest's `it`, for tests that take what they need of a {@link StoreFixture}. */
export function testOfStore(connector: IndexedDbConnector): TestAPI<StoreFixture> {
  return base.extend<StoreFixture>({
    // Vitest asks for a pattern.
    // oxlint-disable-next-line no-empty-pattern
    storeName: async ({}, use) => {
      const name = newName();
      await use(name);
      await deleteDatabase(name);
    },
    // oxlint-disable-next-line no-empty-pattern
    native: async ({}, use) => {
      const native = watchConnections();
      await use(native);
      native.stop();
    },
    // It takes `native`, so that connections are watched from the first one on.
    database: async ({ storeName, native: _native }, use) => {
      const database = await connector.open(storeName);
      await database.write([insert('trials', [trial(1, { raised: 0 })])]);
      await use(database);
      await database.close();
    },
  });
}
