/** A process of its own that writes to a store until its journal was written anew so often. `sealing.ts` starts it. */

import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DocumentStorage } from '@trialbase/core';
import { openFile } from '@trialbase/file';
import { median } from 'bench/rounds';

export interface Assignment {
  readonly directory: string;
  /** Whether this process writes the journal anew when it has grown long. */
  readonly seals: boolean;
  /** After so many new generations it ends. */
  readonly generations: number;
}

/** How long its writes took, in milliseconds. */
export interface Waits {
  readonly writes: number;
  readonly median: number;
  /** Of a thousand writes one took longer. */
  readonly most: number;
  readonly longest: number;
}

/** What each write sets, so that a journal grows long in seconds. */
const BALLAST = 'x'.repeat(4_096);
/** Milliseconds between two writes: a search does not write faster, and who outruns the writing anew is made to wait for it. */
const PACE = 1;

const { directory, seals, generations } = JSON.parse(process.argv[2] ?? '') as Assignment;
const database = await openFile({ path: directory, ...(!seals && { growth: Number.POSITIVE_INFINITY }) });
const storage = new DocumentStorage(database);
const name = `benchmark of ${process.pid}`;
const go = once(process, 'message');
process.send?.('ready');
await go;

const took: number[] = [];
const last = currentGeneration() + generations;
while (currentGeneration() < last) {
  const start = performance.now();
  await storage.createBenchmark({ name, ballast: BALLAST });
  took.push(performance.now() - start);
  await storage.deleteBenchmark({ name });
  await sleep(PACE);
}
await storage.close();
took.sort((a, b) => a - b);
const waits: Waits = {
  writes: took.length,
  median: median(took),
  most: took[Math.floor(took.length * 0.999)] ?? Number.NaN,
  longest: took.at(-1) ?? Number.NaN,
};
process.send?.(waits, () => process.disconnect());

function currentGeneration(): number {
  const numbers = readdirSync(directory).map((file) => Number(/^journal-(\d+)$/.exec(file)?.[1] ?? 0));
  return Math.max(...numbers);
}
