import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DocumentStorage, MemoryStore, openMemory, type StorageProtocol } from '@trialbase/core';
import { QueueLocks } from '@trialbase/core/adapter';
import { openDexie } from '@trialbase/dexie';
import { type FileOptions, openFile } from '@trialbase/file';
import { openIdb } from '@trialbase/idb';
import * as fc from 'fast-check';
import { calls } from '../model/call.js';
import { follow, type Parting, type Place } from '../model/follow.js';
import { deleteDatabase } from './indexed-db.js';
import type { Budget, Tally } from './tally.js';

/** A seal after every few writes. */
const SMALL = 2_000;

let databases = 0;

const places: Readonly<Record<string, () => Place>> = {
  memory: () => {
    const store = new MemoryStore();
    return {
      connect: async (options) => new DocumentStorage(await openMemory({ store }), options),
      remove: async () => undefined,
    };
  },
  file: () => onFile({}),
  'file, sealed all the time': () => onFile({ growth: SMALL }),
  'file, strict and sealed': () => onFile({ growth: SMALL, durability: 'strict' }),
  'file, exclusive': () => onFile({ growth: SMALL, exclusive: true }),
  idb: () => inIndexedDb((name, locks) => openIdb({ name, locks })),
  dexie: () => inIndexedDb((name, locks) => openDexie({ name, locks })),
};

function onFile(options: Partial<FileOptions>): Place {
  const path = mkdtempSync(join(tmpdir(), 'trialbase-fuzz-'));
  return {
    connect: async (settings) => new DocumentStorage(await openFile({ path, ...options }), settings),
    remove: async () => rmSync(path, { recursive: true }),
  };
}

function inIndexedDb(open: (name: string, locks: QueueLocks) => ReturnType<typeof openIdb>): Place {
  databases += 1;
  const name = `fuzz ${databases}`;
  const locks = new QueueLocks();
  return {
    connect: async (settings): Promise<StorageProtocol> =>
      new DocumentStorage(await open(name, locks), settings),
    remove: () => deleteDatabase(name),
  };
}

/** Each adapter in turn, each time with other calls. */
export async function fuzzStorage(budget: Budget, tally: Tally): Promise<void> {
  for (let seed = budget.seed; tally.goesOn(budget); seed += 1) {
    for (const [name, create] of Object.entries(places)) {
      const property = fc.asyncProperty(calls, async (made) => {
        tally.count('cases');
        tally.count(`sequences: ${name}`);
        tally.count('calls', made.length);
        const parting = await follow(create(), made);
        if (parting) throw new PartedError(parting);
      });
      const { failed, errorInstance } = await fc.check(property, { seed, numRuns: 20 });
      if (failed) tally.fault(`${name}, seed ${seed}: ${String(errorInstance)}`);
    }
  }
  tally.note('A sequence has 10 to 60 calls, some of them closing the storage and opening it again.');
  tally.note(
    'idb and dexie over fake-indexeddb here; in real browsers by the tests that are called model.everywhere.',
  );
}

class PartedError extends Error {
  constructor(parting: Parting) {
    super(JSON.stringify(parting));
  }
}
