import { describe } from 'vitest';
import type { StorageConnector } from './connectors.js';
import { describeAlgorithmLock } from './storage/algorithm-lock.js';
import { describeAlgorithmState } from './storage/algorithm-state.js';
import { describeBadInput } from './storage/bad-input.js';
import { describeBenchmarks } from './storage/benchmarks.js';
import { describeClosedStorage } from './storage/closing.js';
import { describeDepartures } from './storage/departures.js';
import { describeExperiments } from './storage/experiments.js';
import { describeFetching } from './storage/fetching.js';
import { describeHostileInput } from './storage/hostile-input.js';
import { describeOwnership } from './storage/ownership.js';
import { describeReadOnly } from './storage/read-only.js';
import { describeRegistering } from './storage/registering.js';
import { describeReleasing } from './storage/releasing.js';
import { describeReserving } from './storage/reserving.js';
import { describeResults } from './storage/results.js';
import { describeSnapshots } from './storage/snapshots.js';
import { describeStatuses } from './storage/statuses.js';
import { describeUpdating } from './storage/updating.js';
import { describeWatchingTrials } from './storage/watching.js';
import { describeEndsOfWatching } from './storage/watching-ends.js';
import { watchingArguments } from './watched.js';

/**
 * Checks that a storage keeps every promise of `StorageProtocol`: to be called in a test file of the adapter. It needs
 * Vitest, and runs in Node and in browsers. Throughout, no call may change its arguments.
 *
 * @param name what the tests are listed under.
 */
export function describeStorage(name: string, connector: StorageConnector): void {
  const watched = watchingArguments(connector);
  describe(`storage: ${name}`, () => {
    describeBenchmarks(watched);
    describeExperiments(watched);
    describeRegistering(watched);
    describeFetching(watched);
    describeUpdating(watched);
    describeReserving(watched);
    describeOwnership(watched);
    describeResults(watched);
    describeStatuses(watched);
    describeAlgorithmState(watched);
    describeAlgorithmLock(watched);
    describeReleasing(watched);
    describeWatchingTrials(watched);
    describeEndsOfWatching(watched);
    describeReadOnly(watched);
    describeSnapshots(watched);
    describeBadInput(watched);
    // Not watched: to compare half a million arguments takes longer than all the rest.
    describeHostileInput(connector);
    describeClosedStorage(watched);
    describeDepartures(watched);
  });
}
