import { describe } from 'vitest';
import type { DatabaseConnector } from './connectors.js';
import { describeChanges } from './database/changes.js';
import { describeClosing } from './database/closing.js';
import { describeConditions } from './database/conditions.js';
import { describeCounting } from './database/counting.js';
import { describeKeys } from './database/keys.js';
import { describeLocks } from './database/locks.js';
import { describeManyCalls } from './database/many-calls.js';
import { describeOrder } from './database/order.js';
import { describeRaces } from './database/races.js';
import { describeValues } from './database/values.js';
import { describeWatching } from './database/watching.js';
import { describeWriting } from './database/writing.js';

/**
 * Checks that an adapter keeps every promise of `Database` and `Locks`: to be called in a test file of the adapter.
 * It needs Vitest, and runs in Node and in browsers.
 *
 * @param name what the tests are listed under.
 */
export function describeDatabase(name: string, connector: DatabaseConnector): void {
  describe(`database: ${name}`, () => {
    describeOrder(connector);
    describeConditions(connector);
    describeWriting(connector);
    describeChanges(connector);
    describeKeys(connector);
    describeCounting(connector);
    describeValues(connector);
    describeRaces(connector);
    describeWatching(connector);
    describeLocks(connector);
    describeManyCalls(connector);
    describeClosing(connector);
  });
}
