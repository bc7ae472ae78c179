import { DocumentStorage, MemoryStore, openMemory, type StorageProtocol } from '@trialbase/core';
import { type OpenDatabase, QueueLocks } from '@trialbase/core/adapter';
import { openDexie } from '@trialbase/dexie';
import { openIdb } from '@trialbase/idb';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calls } from '../../../proof/src/model/call.js';
import { follow, type Place } from '../../../proof/src/model/follow.js';
import { databaseName, remove } from './indexed-db.js';

function inMemory(): Place {
  const store = new MemoryStore();
  return {
    connect: async (options) => new DocumentStorage(await openMemory({ store }), options),
    remove: async () => undefined,
  };
}

function inIndexedDb(open: (place: { name: string; locks: QueueLocks }) => Promise<OpenDatabase>): Place {
  const place = { name: databaseName(), locks: new QueueLocks() };
  return {
    connect: async (options) => new DocumentStorage(await open(place), options),
    remove: () => remove(place.name),
  };
}

describe('a storage', () => {
  it.each<[string, () => Place, runs: number]>([
    ['in memory', inMemory, 60],
    ['in IndexedDB through idb', () => inIndexedDb(openIdb), 8],
    ['in IndexedDB through Dexie', () => inIndexedDb(openDexie), 8],
  ])('does what the model of the protocol does, whatever the calls: %s', async (_, place, numRuns) => {
    const property = fc.asyncProperty(calls, async (made) => {
      expect(await follow(place(), made)).toBeUndefined();
    });
    await fc.assert(property, { seed: 7, numRuns });
  });

  it.each<[string, (storage: StorageProtocol) => Partial<StorageProtocol>]>([
    ['says of every heartbeat that the reservation stands', () => ({ updateHeartbeat: async () => true })],
    [
      'gives a trial back to whoever asks',
      (storage) => ({ reserveTrial: (ref) => storage.reserveTrial(ref, { worker: 'w' }) }),
    ],
    [
      'forgets the order of trials',
      (storage) => ({
        fetchTrials: async (...args) => (await storage.fetchTrials(...args)).reverse(),
      }),
    ],
  ])('that %s is found out', async (_, fault) => {
    const property = fc.asyncProperty(calls, async (made) => {
      const place = inMemory();
      const connect: Place['connect'] = async (options) => {
        const storage = await place.connect(options);
        return new Proxy(storage, {
          get: (target, name) => {
            const own: unknown = Reflect.get(fault(target), name) ?? Reflect.get(target, name);
            return typeof own === 'function' ? own.bind(target) : own;
          },
        });
      };
      return (await follow({ ...place, connect }, made)) === undefined;
    });
    expect((await fc.check(property, { seed: 7, numRuns: 60, endOnFailure: true })).failed).toBe(true);
  });
});
