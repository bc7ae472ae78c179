/** What a database of IndexedDB is made of, whatever is in it. */
export async function layoutOf(name: string): Promise<unknown> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name);
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
  const names = Array.from(database.objectStoreNames);
  const transaction = database.transaction(names);
  const stores = names.map((store) => layoutOfStore(transaction.objectStore(store)));
  const { version } = database;
  database.close();
  return { version, stores };
}

function layoutOfStore(store: IDBObjectStore): unknown {
  const indexes = Array.from(store.indexNames).map((index) => {
    const { name, keyPath, unique, multiEntry } = store.index(index);
    return { name, keyPath, unique, multiEntry };
  });
  const { name, keyPath, autoIncrement } = store;
  return { name, keyPath, autoIncrement, indexes };
}
