import { DocumentStorage } from '@trialbase/core';
import { openFile } from '@trialbase/file';
import type { Call } from '../history/call.js';
import { CallLog, readCalls } from '../history/call-log.js';
import { RecordedStorage } from '../history/recorded-storage.js';
import { lookAtEverything } from '../workload/last-look.js';
import { monotonicNow } from './clock.js';

/** Opens a store, reads all that is in it, and writes to it. @returns the reads, for the history. */
export async function look(path: string, name: string): Promise<Call[]> {
  let log = '';
  const keep = (line: string): void => {
    log += `${line}\n`;
  };
  const database = await openFile({ path });
  try {
    const calls = new CallLog(name, keep, monotonicNow);
    const storage = new RecordedStorage(
      name,
      calls,
      (createId) => new DocumentStorage(database, { createId }),
    );
    await lookAtEverything(storage);
    await storage.storage.createBenchmark({ name: `seen by ${name}` });
  } finally {
    await database.close();
  }
  return readCalls(log);
}
