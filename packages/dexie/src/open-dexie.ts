import {
  checkIndexedDbOptions,
  checkOptions,
  closeWhole,
  type IndexedDbOptions,
  InvalidConfigurationError,
  type Locks,
  type OpenDatabase,
  openIndexedDbStore,
} from '@trialbase/core/adapter';
import { Dexie } from 'dexie';
import { openOwn } from './open-own.js';
import { openShared } from './open-shared.js';
import { Transactions } from './transactions.js';

/** How to open a store in IndexedDB through Dexie: in a database of its own, or in the application's. */
export type DexieOptions = OwnDexieOptions | SharedDexieOptions;

/** How to open a store in a database of its own. */
interface OwnDexieOptions extends IndexedDbOptions {
  readonly database?: undefined;
  /**
   * What an acknowledged write survives. `relaxed`: the death of the browser. `strict`: a loss of power too, at 1.3 to 2.5
   * times the price. Dexie knows it for a whole database only, so that heartbeats cost the same. Default: `relaxed`.
   */
  readonly durability?: 'relaxed' | 'strict';
}

/** How to open a store in the application's own database. */
export interface SharedDexieOptions {
  /**
   * The application's database, with the tables of `trialbaseTables` in its newest version. It is opened if it is not open,
   * and stays open after the store is closed. What its writes survive is its own option `chromeTransactionDurability`.
   */
  readonly database: Dexie;
  /** What the names of the tables begin with, as it was given to `trialbaseTables`. Default: nothing. */
  readonly prefix?: string;
  /** How long opening the database may take, in milliseconds. Default: 10,000. */
  readonly openTimeout?: number;
  /** How long a call may wait for others that write to the store, in milliseconds; see `IndexedDbOptions`. Default: 90,000. */
  readonly callTimeout?: number;
  /** The locks shared by all who open this database. Default: the Web Locks of the origin, where the page has them. */
  readonly locks?: Locks;
  readonly name?: undefined;
  readonly durability?: undefined;
}

/**
 * Opens a store in IndexedDB through Dexie, shared with all tabs and workers of the origin, also with those that open the
 * same database with `openIdb`. A `liveQuery` that reads of it runs again when what it has read is changed through Dexie.
 *
 * @throws StorageUnavailableError if there is no IndexedDB, it is not allowed, or the database is not to be had in time.
 * @throws StorageFullError if there is no room.
 * @throws UnsupportedVersionError if a newer version made the database.
 * @throws InvalidConfigurationError if an option makes no sense, or the application's database lacks the tables.
 */
export async function openDexie(options: DexieOptions = {}): Promise<OpenDatabase> {
  return options?.database === undefined ? inOwn(options) : inShared(options);
}

async function inOwn(options: OwnDexieOptions): Promise<OpenDatabase> {
  const checked = checkIndexedDbOptions('openDexie', options);
  const { name, durability, openTimeout: timeout } = checked;
  return openIndexedDbStore(checked, ({ create, onClosed }) =>
    zoned(async () => {
      const dexie = await openOwn({ name, durability, timeout, create }, onClosed);
      const close = (): Promise<void> => closeWhole(dexie.backendDB(), () => dexie.close());
      return new Transactions(dexie, { prefix: '', close });
    }),
  );
}

const sharedOptions = ['database', 'prefix', 'openTimeout', 'callTimeout', 'locks'] as const;

async function inShared(options: SharedDexieOptions): Promise<OpenDatabase> {
  const { database, prefix = '', locks } = checkOptions('openDexie', options, sharedOptions);
  if (!(database instanceof Dexie))
    throw new InvalidConfigurationError(
      "The option 'database' is no database of Dexie: give a new Dexie('…')",
    );
  const { name } = database;
  const { openTimeout: timeout, callTimeout } = checkIndexedDbOptions('openDexie', timeoutsOf(options));
  return openIndexedDbStore({ name, prefix, durability: 'relaxed', callTimeout, locks }, ({ create }) =>
    zoned(async () => {
      await openShared(database, { prefix, timeout, again: !create });
      return new Transactions(database, { prefix, close: () => undefined });
    }),
  );
}

function timeoutsOf({ openTimeout, callTimeout }: SharedDexieOptions): IndexedDbOptions {
  return {
    ...(openTimeout !== undefined && { openTimeout }),
    ...(callTimeout !== undefined && { callTimeout }),
  };
}

/** Who waits for a promise of Dexie's goes on in the zone where it was, that of a `liveQuery` for example. */
function zoned<T>(open: () => Promise<T>): Promise<T> {
  return Dexie.Promise.resolve(open());
}
