/** What another tab may do to a database, without knowing Trialbase. */

/** A name that no other test uses. */
export function newName(): string {
  return `trialbase-test-${crypto.randomUUID()}`;
}

/** Settles as a request does. */
export function answerTo<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}

/** Opens a database; its connection stays open whatever others want. */
export function openStubbornly(
  name: string,
  version?: number,
  upgrade: (database: IDBDatabase) => void = () => undefined,
): Promise<IDBDatabase> {
  const request = indexedDB.open(name, version);
  request.addEventListener('upgradeneeded', () => upgrade(request.result));
  return answerTo(request);
}

/** Deletes a database, once nobody has it open any more. */
export async function deleteDatabase(name: string): Promise<void> {
  await answerTo(indexedDB.deleteDatabase(name));
}

export async function databaseExists(name: string): Promise<boolean> {
  return (await indexedDB.databases()).some((database) => database.name === name);
}
