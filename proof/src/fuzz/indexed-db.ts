/** IndexedDB in Node, for the adapters that ask the platform for it. */

import * as fake from 'fake-indexeddb';

Object.assign(globalThis, fake);

export function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = fake.indexedDB.deleteDatabase(name);
    request.addEventListener('success', () => resolve());
    request.addEventListener('error', () => reject(request.error));
  });
}
