import { describe, expect, it } from 'vitest';
import { readOnly } from '../../read-only.js';
import { eachOnItsOwn, type StorageConnector } from '../connectors.js';
import { everyCall } from './every-call.js';
import { newTrial } from './trials.js';

const readingMethods = [
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

export function describeReadOnly(connector: StorageConnector): void {
  describe('a read-only view', () => {
    const connect = eachOnItsOwn(connector);

    it('reads as the storage does', async () => {
      const storage = await connect();
      const experiment = await storage.createExperiment({ name: 'e' });
      const trial = await storage.registerTrial(newTrial(experiment._id, 0.5, { status: 'completed' }));
      const view = readOnly(storage);
      expect(await view.fetchExperiments({ name: 'e' })).toEqual([experiment]);
      expect(await view.fetchTrials(experiment)).toEqual([trial]);
      expect(await view.getTrial(trial)).toEqual(trial);
      expect(await view.countCompletedTrials(experiment)).toBe(1);
    });

    it('has exactly the nine methods that read; the others do not exist on its type, and throw', async () => {
      const view = readOnly(await connect());
      expect(Object.keys(view).toSorted()).toEqual(readingMethods);
      const others = Object.keys(everyCall).filter((name) => !readingMethods.includes(name));
      expect(others.length).toBeGreaterThan(15);
      for (const name of others) {
        expect(() => Reflect.get(view, name), name).toThrow(name);
      }
      // @ts-expect-error: the type knows nothing of it either.
      expect(() => view.deleteTrials).toThrow('deleteTrials');
    });
  });
}
