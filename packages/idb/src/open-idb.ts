import {
  checkIndexedDbOptions,
  type IndexedDbOptions,
  type OpenDatabase,
  openIndexedDbStore,
} from '@trialbase/core/adapter';
import { unwrap } from 'idb';
import { openDatabase } from './open-database.js';
import { Transactions } from './transactions.js';

/** How to open a store in IndexedDB. */
export interface IdbOptions extends IndexedDbOptions {
  /**
   * What an acknowledged write survives. `relaxed`: the death of the browser. `strict`: a loss of power too, heartbeats
   * aside, at 1.3 to 2.5 times the price. Default: `relaxed`.
   */
  readonly durability?: 'relaxed' | 'strict';
}

/**
 * Opens a store in IndexedDB, shared with all tabs and workers of the origin.
 *
 * @throws StorageUnavailableError if there is no IndexedDB, it is not allowed, or the database is not to be had in time.
 * @throws StorageFullError if there is no room.
 * @throws UnsupportedVersionError if a newer version made the database.
 * @throws InvalidConfigurationError if an option makes no sense.
 */
export async function openIdb(options: IdbOptions = {}): Promise<OpenDatabase> {
  const checked = checkIndexedDbOptions('openIdb', options);
  const { name, openTimeout: timeout } = checked;
  return openIndexedDbStore(checked, async ({ create, onClosed }) => {
    return new Transactions(unwrap(await openDatabase({ name, timeout, create }, onClosed)));
  });
}
