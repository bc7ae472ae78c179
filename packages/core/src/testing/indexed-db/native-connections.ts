/** The platform's own connections and transactions of an adapter, for tests that play the browser which takes them away. */
export interface NativeConnections {
  /** Those opened since, and not known to be closed. */
  readonly opened: readonly IDBDatabase[];
  /** Calls `take` with each transaction that is begun from now on. */
  onTransaction(take: (transaction: IDBTransaction) => void): void;
  /** Stops looking. */
  stop(): void;
}

/** Looks at what is opened from now on. Everything goes on as it would without. */
export function watchConnections(): NativeConnections {
  const factory = indexedDB;
  const open = factory.open.bind(factory);
  const opened: IDBDatabase[] = [];
  let take: ((transaction: IDBTransaction) => void) | undefined;
  factory.open = (...options) => {
    const request = open(...options);
    request.addEventListener('success', () => {
      const database = request.result;
      opened.push(database);
      const transaction = database.transaction.bind(database);
      database.transaction = (...scope) => {
        const begun = transaction(...scope);
        take?.(begun);
        return begun;
      };
    });
    return request;
  };
  return {
    opened,
    onTransaction: (taker) => {
      take = taker;
    },
    stop: () => {
      Reflect.deleteProperty(factory, 'open');
    },
  };
}

export function isClosed(database: IDBDatabase): boolean {
  try {
    database.transaction([...database.objectStoreNames]).abort();
    return false;
  } catch {
    return true;
  }
}
