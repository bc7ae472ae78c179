import { describe, expect } from 'vitest';
import type { Step } from '../../database.js';
import { everything } from '../../query/condition.js';
import { insert, trial, update } from '../database/steps.js';
import type { IndexedDbConnector } from '../describe-indexed-db.js';
import { testOfStore } from './store-fixture.js';

/** How browsers refuse a document of 1,100 MB. WebKit stores it. */
const refusals = [
  ['Chromium', 'DataCloneError', 'Data cannot be cloned, out of memory.'],
  [
    'Firefox',
    'UnknownError',
    'IDBObjectStore.put: The structured clone is too large (size=1153451256 bytes, max=1092616192 bytes).',
  ],
] as const;

const change = update('trials', { _id: 1 }, { raised: 1 });

/** Writes whose changes fail when they are carried out. */
const failingLater: readonly (readonly [string, readonly Step[]])[] = [
  ['the only one of a write', [change]],
  ['the last of several', [insert('trials', [trial(2)]), change]],
  ['one before a change of nothing', [change, update('trials', { _id: 99 }, { raised: 1 })]],
];

export function describeFailingRequests(connector: IndexedDbConnector): void {
  describe('a request that fails', () => {
    const it = testOfStore(connector);

    it.for(refusals)(
      'as %s refuses what is too large, is told as such at once, and nothing is stored',
      async ([, kind, message], { database, native }) => {
        let attempts = 0;
        native.onTransaction((transaction) => {
          attempts += 1;
          alter(transaction, 'add', refuseLarge(new DOMException(message, kind)));
          alter(transaction, 'put', refuseLarge(new DOMException(message, kind)));
        });
        const writes = [
          [insert('trials', [trial(2), trial(3, { size: 'large' })])],
          [insert('trials', [trial(2)]), update('trials', { _id: 1 }, { size: 'large' })],
        ];
        for (const steps of writes) {
          await expect(database.write(steps)).rejects.toMatchObject({
            code: 'invalid-document',
            message: expect.stringMatching(/larger than this browser stores.*smaller parts/),
          });
        }
        expect(attempts).toBe(writes.length);
        expect(await database.find('trials', everything)).toMatchObject([{ _id: 1, raised: 0 }]);
        await database.write([insert('trials', [trial(2)])]);
        expect(await database.count('trials', everything)).toBe(2);
      },
    );

    it.for(failingLater)(
      '%s, later than it was made, is no acknowledged write, and nothing of that is stored',
      async ([, steps], { database, native }) => {
        // What is changed is added instead, which fails as it is there.
        native.onTransaction((transaction) =>
          alter(transaction, 'put', (_, store) => (record) => store.add(record)),
        );
        await expect(database.write(steps)).rejects.toMatchObject({ code: 'storage-unavailable' });
        native.onTransaction(() => undefined);
        expect(await database.find('trials', everything)).toMatchObject([{ _id: 1, raised: 0 }]);
      },
    );
  });
}

type Storing = IDBObjectStore['put'];

/** Has a transaction store documents by another function than its own. */
function alter(
  transaction: IDBTransaction,
  method: 'add' | 'put',
  other: (own: Storing, store: IDBObjectStore) => Storing,
): void {
  const objectStore = transaction.objectStore.bind(transaction);
  transaction.objectStore = (name) => {
    const store = objectStore(name);
    const isOfDocuments = !store.name.endsWith('counts');
    if (isOfDocuments && !Object.hasOwn(store, method))
      store[method] = other(store[method].bind(store), store);
    return store;
  };
}

/** Refuses the documents that say that they are large. */
function refuseLarge(refusal: DOMException): (own: Storing) => Storing {
  return (own) => (record, key) => {
    if (record.document?.size === 'large') throw refusal;
    return own(record, key);
  };
}
