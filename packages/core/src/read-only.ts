import { TrialbaseError } from './errors.js';
import type { StorageProtocol } from './storage-protocol.js';

type ReadingMethod =
  | 'countBrokenTrials'
  | 'countCompletedTrials'
  | 'fetchExperiments'
  | 'fetchLostTrials'
  | 'fetchNoncompletedTrials'
  | 'fetchPendingTrials'
  | 'fetchTrials'
  | 'fetchTrialsByStatus'
  | 'getTrial';

const readingMethods: readonly ReadingMethod[] = [
  'countBrokenTrials',
  'countCompletedTrials',
  'fetchExperiments',
  'fetchLostTrials',
  'fetchNoncompletedTrials',
  'fetchPendingTrials',
  'fetchTrials',
  'fetchTrialsByStatus',
  'getTrial',
];

/** The nine methods of the protocol that only read. */
export type ReadOnlyStorage = Pick<StorageProtocol, ReadingMethod>;

/**
 * A view of a storage through which nothing can be written: it has exactly the nine reading methods. Any other name
 * does not exist on its type, and using it throws a `read-only` error.
 */
export function readOnly(storage: ReadOnlyStorage): ReadOnlyStorage {
  const methods = readingMethods.map((name) => [name, storage[name].bind(storage)] as const);
  return new Proxy(Object.freeze(Object.fromEntries(methods)) as unknown as ReadOnlyStorage, {
    get: getMethod,
  });
}

function getMethod(target: ReadOnlyStorage, name: string | symbol): unknown {
  if (Object.hasOwn(target, name)) return target[name as keyof ReadOnlyStorage];
  // `await`, printing and comparing look for these on any object: that they are absent is the answer.
  if (typeof name === 'symbol' || name === 'then' || name === 'toJSON' || name === 'constructor')
    return undefined;
  throw new TrialbaseError(
    'read-only',
    `'${name}' is not a method of a read-only storage, which has only ${readingMethods.join(', ')}: use the storage itself`,
  );
}
