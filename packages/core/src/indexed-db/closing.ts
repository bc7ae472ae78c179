/**
 * Resolves when all of a transaction is stored.
 *
 * @param last its last request, where nobody has waited for the answer. Of a transaction that is to end at once Firefox says that it
 * is complete, though that fails.
 * @throws the error of the transaction, or of the request; an AbortError, where the transaction was aborted.
 */
export function endOf(transaction: IDBTransaction, last?: IDBRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () =>
      reject(transaction.error ?? new DOMException('It was aborted', 'AbortError')),
    );
    last?.addEventListener('error', () => reject(last.error));
  });
}

/** How long a connection may take to close, in milliseconds. Another tab that hangs in the middle of a write can hold it up for ever. */
const LONGEST = 1_000;

/**
 * Closes a connection to a store's own database, and waits until it is closed. A call is answered a little before its transaction has
 * ended; until then the connection is in the way of a deletion, which is told so. A last transaction, of nothing, ends after all
 * whose work was done before it.
 */
export async function closeWhole(database: IDBDatabase, close: () => void): Promise<void> {
  const ended = endOfLast(database);
  close();
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, LONGEST);
    void ended.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

async function endOfLast(database: IDBDatabase): Promise<void> {
  try {
    // In an object store that is hardly ever written to, where it waits for nobody.
    await endOf(database.transaction('benchmarks'));
  } catch {
    // It is closed already.
  }
}
