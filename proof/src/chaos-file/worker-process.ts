/** One life of a worker: node worker-process.js '<a Life as JSON>'. It works until it is killed, or told to end with SIGTERM. */

// By name, so that these are the real ones when others are made to fail.
import { openSync, writeSync } from 'node:fs';
import { DocumentStorage, errorCode } from '@trialbase/core';
import { openFile } from '@trialbase/file';
import { CallLog } from '../history/call-log.js';
import { RecordedStorage } from '../history/recorded-storage.js';
import { withFault } from '../workload/planted-fault.js';
import { Random } from '../workload/random.js';
import { isTrouble, work } from '../workload/worker.js';
import { monotonicNow } from './clock.js';
import { injectDiskFaults } from './disk-faults.js';
import { counterExperiment, experimentAt, growth, type Life, lostAfter, staleAfter } from './life.js';

const life = JSON.parse(process.argv[2] ?? '') as Life;
const random = new Random(life.seed);
const calls = new CallLog(life.name, linesTo(life.log), monotonicNow);
const end = new AbortController();
process.once('SIGTERM', () => end.abort());
// Nobody is left to kill it, or to read what it did.
process.stdin
  .once('end', () => process.exit(1))
  .resume()
  .unref();

if (life.diskFaults > 0) injectDiskFaults(random, life.diskFaults, linesTo(`${life.log}.faults`));

for (let opened = 1; !end.signal.aborted; opened += 1) await untilTrouble(opened);

/** Writes lines to a new file, each at once, by the calls that no fault reaches: `appendFileSync` makes others of `node:fs`. */
function linesTo(path: string): (line: string) => void {
  const file = openSync(path, 'ax');
  return (line) => void writeSync(file, `${line}\n`);
}

/** Opens the store and works on it, for so long as it serves. A disk that failed is one whose store has to be opened again. */
async function untilTrouble(opened: number): Promise<void> {
  const pause = new AbortController();
  let troubles = 0;
  const onTrouble = (error: unknown): void => {
    if (!life.mayBeTroubled) throw error;
    troubles += 1;
    if (troubles > 3 && errorCode(error) === 'storage-unavailable') pause.abort();
  };
  try {
    const { store: path, durability, exclusive } = life;
    const database = await openFile({ path, durability, exclusive, growth, staleAfter });
    const opening = life.planted ? withFault(database, life.planted) : database;
    const storage = new RecordedStorage(
      `${life.name}.${opened}`,
      calls,
      (createId) => new DocumentStorage(opening, { createId, lostAfter }),
    );
    try {
      await doWork(storage, onTrouble, AbortSignal.any([end.signal, pause.signal]));
    } finally {
      await database.close();
    }
  } catch (error) {
    if (!life.mayBeTroubled || !isTrouble(error)) throw error;
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

async function doWork(
  storage: RecordedStorage,
  onTrouble: (error: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  if (life.work === 'search') {
    await work(storage, {
      name: life.worker,
      random,
      experimentAt,
      deletes: true,
      lockTimeout: 3_000,
      onTrouble,
      signal,
    });
  } else {
    while (!signal.aborted) await storage.raiseCounter(counterExperiment, 60_000);
  }
}
