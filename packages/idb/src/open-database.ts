import {
  DATABASE_VERSION,
  type OnClosed,
  type Opening,
  openInTime,
  storeIsGone,
} from '@trialbase/core/adapter';
import { type IDBPDatabase, openDB } from 'idb';
import { arrangeStores } from './arrange-stores.js';

/**
 * Opens a database, creating or upgrading it where that is needed.
 *
 * @throws as `openInTime` does.
 */
export function openDatabase(opening: Opening, onClosed: OnClosed): Promise<IDBPDatabase> {
  const { name, create } = opening;
  return openInTime(opening, async (onBlocked) => {
    let failure: unknown;
    try {
      return await openDB(name, DATABASE_VERSION, {
        blocked: onBlocked,
        upgrade: (_database, oldVersion, _newVersion, upgrade) => {
          upgrade.done.catch(() => undefined); // the opening fails with it, and tells
          const isGone = oldVersion === 0 && !create;
          const arranging = isGone ? Promise.reject(storeIsGone(name)) : arrangeStores(upgrade);
          arranging.catch((error: unknown) => {
            failure = error;
            upgrade.abort();
          });
        },
        blocking: (_version, wanted, event) => {
          (event.target as IDBDatabase).close();
          onClosed(wanted === null);
        },
        terminated: () => onClosed(false),
      });
    } catch (error) {
      throw failure ?? error;
    }
  });
}
