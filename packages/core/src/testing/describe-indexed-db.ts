import { describe } from 'vitest';
import type { OpenDatabase } from '../database.js';
import { describeClosing } from './indexed-db/closing.js';
import { describeDroppedConnections } from './indexed-db/dropped.js';
import { describeFailingRequests } from './indexed-db/failing-requests.js';
import { describeGivingWay } from './indexed-db/giving-way.js';
import { describeKeptCounts } from './indexed-db/kept-counts.js';
import { describeLeftPages } from './indexed-db/left-pages.js';
import { describeOpening } from './indexed-db/opening.js';
import { describeTelling } from './indexed-db/telling.js';
import { describeWaiting } from './indexed-db/waiting.js';

/** What the author of an adapter for IndexedDB gives to `describeIndexedDb`. */
export interface IndexedDbConnector {
  /** Opens the database of that name. */
  open(name: string, options?: IndexedDbTimes): Promise<OpenDatabase>;
}

/** In milliseconds. */
interface IndexedDbTimes {
  /** How long opening may take. */
  readonly openTimeout?: number;
  /** How long a call may wait for others that write. */
  readonly callTimeout?: number;
}

/**
 * Checks that an adapter for IndexedDB gives way to other tabs, comes back by itself, and never leaves a promise hanging:
 * to be called in a test file of the adapter. It needs Vitest, and runs in browsers and over fake-indexeddb.
 *
 * @param name what the tests are listed under.
 */
export function describeIndexedDb(name: string, connector: IndexedDbConnector): void {
  describe(`IndexedDB: ${name}`, () => {
    describeOpening(connector);
    describeKeptCounts(connector);
    describeGivingWay(connector);
    describeDroppedConnections(connector);
    describeFailingRequests(connector);
    describeWaiting(connector);
    describeTelling(connector);
    describeClosing(connector);
    // Node and workers have no page that could be left.
    if (typeof document !== 'undefined') describeLeftPages(connector);
  });
}
