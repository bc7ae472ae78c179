import {
  DATABASE_VERSION,
  type ObjectStoreName,
  type OnClosed,
  type Opening,
  objectStoreNames,
  openInTime,
  SCHEMA_VERSION,
  type StoredRecord,
  storeIsGone,
  toRecord,
} from '@trialbase/core/adapter';
import { Dexie, type Table, type Transaction } from 'dexie';
import { countAnew } from './count-anew.js';
import { trialbaseTables } from './trialbase-tables.js';

/** How to open a database that is the store's own. */
export interface OwnOpening extends Opening {
  readonly durability: 'relaxed' | 'strict';
}

/**
 * Opens a database of the store's own, creating or upgrading it where that is needed.
 *
 * @throws as `openInTime` does.
 */
export function openOwn(opening: OwnOpening, onClosed: OnClosed): Promise<Dexie> {
  const { name, create, durability } = opening;
  return openInTime(opening, async (onBlocked) => {
    let isOver = false;
    let isDeleted = false;
    const dexie = new Dexie(name, {
      addons: [], // those of the application are for its own databases
      autoOpen: false,
      chromeTransactionDurability: durability,
      IDBKeyRange,
      indexedDB: onlyOnceAndOurs(() => isOver),
    });
    dexie.version(SCHEMA_VERSION).stores(trialbaseTables()).upgrade(bringUpToDate);
    dexie.on('populate', () => {
      if (!create) throw storeIsGone(name);
    });
    // Where a listener gives false, Dexie leaves its own warnings in the console unsaid.
    dexie.on('blocked', ({ oldVersion }) => {
      onBlocked(oldVersion);
      return false;
    });
    dexie.on('versionchange', ({ newVersion }) => {
      isDeleted = newVersion === null;
      dexie.close();
      return false;
    });
    dexie.on('close', () => {
      isOver = true;
      onClosed(isDeleted);
    });
    await dexie.open();
    if (isDeaf(dexie)) {
      dexie.close();
      throw dropped(name);
    }
    return dexie;
  });
}

/** Of a connection that is dropped as soon as it is there Dexie knows no table, and tells nobody. */
function isDeaf(dexie: Partial<Dexie>): boolean {
  return dexie.core === undefined;
}

function dropped(name: string): DOMException {
  return new DOMException(`The connection to '${name}' was dropped`, 'InvalidStateError');
}

async function bringUpToDate(transaction: Transaction): Promise<void> {
  for (const name of objectStoreNames) {
    const table = transaction.table<StoredRecord>(name);
    const [first] = await table.limit(1).toArray();
    // An older version may not have put beside its documents what the new indexes are made on.
    if (first && keysOf(first) !== keysOf(toRecord(name, first.document))) await writeAnew(table);
  }
  await countAnew(transaction, '');
}

function keysOf({ keys }: Partial<StoredRecord>): string {
  return Object.keys(keys ?? {}).join();
}

async function writeAnew(table: Table<StoredRecord>): Promise<void> {
  await table.toCollection().modify((record, stored) => {
    stored.value = toRecord(table.name as ObjectStoreName, record.document);
  });
}

/**
 * IndexedDB as Dexie may use it. By itself Dexie opens a database of a newer version all the same, and adds to it what it
 * lacks; and a connection that was dropped it opens anew, however long that takes.
 */
function onlyOnceAndOurs(isOver: () => boolean): IDBFactory {
  const { indexedDB } = globalThis;
  const guarded = Object.create(indexedDB) as IDBFactory;
  guarded.open = (name, version) => {
    if (isOver()) throw dropped(name);
    if (version !== DATABASE_VERSION) throw new DOMException(`'${name}' is another version`, 'VersionError');
    return indexedDB.open(name, version);
  };
  return guarded;
}
