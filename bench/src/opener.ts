/** A process of its own that opens a file store and tells what that cost. `opening.ts` starts it. */

import { DocumentStorage } from '@trialbase/core';
import { openFile } from '@trialbase/file';
import { collectGarbage } from './lifecycles.js';
import { EXPERIMENT } from './trialbase-stores.js';

/** What opening a store cost. */
export interface Opened {
  readonly milliseconds: number;
  /** What the process holds more than before, garbage collected. */
  readonly bytes: number;
  readonly trials: number;
}

const [path = ''] = process.argv.slice(2);
collectGarbage();
const before = heldBytes();
const start = performance.now();
const storage = new DocumentStorage(await openFile({ path }));
const trials = await storage.countCompletedTrials({ uid: EXPERIMENT });
const milliseconds = performance.now() - start;
collectGarbage();
const opened: Opened = { milliseconds, bytes: heldBytes() - before, trials };
console.log(JSON.stringify(opened));
await storage.close();

function heldBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
