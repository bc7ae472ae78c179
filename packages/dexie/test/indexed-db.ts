import { Dexie } from 'dexie';

/** IndexedDB for the tests: the browser's own, in Node that of fake-indexeddb. */
if (!globalThis.indexedDB) {
  Object.assign(globalThis, await import('fake-indexeddb'));
  // Dexie looks for it once, when it is loaded.
  Object.assign(Dexie.dependencies, { indexedDB, IDBKeyRange });
}

let created = 0;

/** A name that no other test uses. */
export function databaseName(): string {
  created += 1;
  return `trialbase-test-${created}-${crypto.randomUUID()}`;
}

/** Deletes a database to which no connection is open. */
export async function remove(name: string): Promise<void> {
  await Dexie.delete(name);
}
