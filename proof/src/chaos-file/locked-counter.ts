import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DocumentStorage } from '@trialbase/core';
import { openFile } from '@trialbase/file';
import { type Call, isFailure } from '../history/call.js';
import { checkHistory } from '../history/check-history.js';
import type { LockState } from '../history/recorded-storage.js';
import type { RunReport } from '../run-report.js';
import { Random } from '../workload/random.js';
import { counterExperiment, growth } from './life.js';
import { look } from './recorded-look.js';
import { buildWorker } from './worker-program.js';
import { WorkerSlot } from './worker-slot.js';

export interface CounterOptions {
  readonly seed: number;
  readonly workers: number;
  /** How often the counter is to be raised. */
  readonly raises: number;
}

/** A worker is killed this often, in milliseconds. */
const KILL_EVERY = 100;

/**
 * Has processes raise a counter in the state of an algorithm, under its lock, while one of them is killed at a fixed interval. Each
 * acknowledged raise must have counted once. As nobody is stopped, nobody may lose the lock either: a refused raise would mean
 * that two had it.
 */
export async function runLockedCounter({ seed, workers, raises }: CounterOptions): Promise<RunReport> {
  const directory = mkdtempSync(join(tmpdir(), 'trialbase-chaos-'));
  const store = join(directory, 'store');
  mkdirSync(join(directory, 'logs'));
  const program = await buildWorker(directory);
  const slots = Array.from({ length: workers }, (_, i) => {
    const worker = `w${i + 1}`;
    const common = {
      store,
      worker,
      durability: 'relaxed',
      exclusive: false,
      diskFaults: 0,
      mayBeTroubled: false,
      work: 'counter',
    } as const;
    return new WorkerSlot(program, (life) => {
      const name = `${worker}.${life}`;
      return { ...common, name, log: join(directory, 'logs', name), seed: seed + life };
    });
  });
  const start = performance.now();
  const { kills, count } = await raiseWhileKilled(store, slots, raises, new Random(seed));
  const seconds = Math.round((performance.now() - start) / 1000);

  const calls = slots.flatMap((slot) => slot.calls());
  const acknowledged = calls.filter(({ outcome }) => outcome !== undefined && !isFailure(outcome)).length;
  const faults = [...slots.flatMap((slot) => slot.faults), ...refusals(calls)];
  faults.push(...checkHistory([...calls, ...(await look(store, 'the end'))]).faults);
  if (count < acknowledged) faults.push(`The counter is ${count} after ${acknowledged} acknowledged raises`);
  if (faults.length === 0) rmSync(directory, { recursive: true });
  const lives = slots.reduce((sum, slot) => sum + slot.lives, 0);
  return {
    name: 'chaos-lock',
    title: `A counter raised under the algorithm lock by ${workers} processes, one of them killed every ${KILL_EVERY} ms`,
    command: `npm run chaos -- lock --raises ${raises} --seed ${seed} --workers ${workers}`,
    seconds,
    figures: {
      raises: count,
      acknowledged,
      'made by a process killed before it was told': count - acknowledged,
      kills,
      'lives of processes': lives,
    },
    faults,
    notes: [
      'Kills hit processes that have asked for the lock already: waiting, holding it, or just starting to.',
    ],
  };
}

/** Raises the counter until it has the given value, and ends the processes. */
async function raiseWhileKilled(
  store: string,
  slots: readonly WorkerSlot[],
  raises: number,
  random: Random,
): Promise<{ readonly kills: number; readonly count: number }> {
  const database = await openFile({ path: store, growth });
  const storage = new DocumentStorage(database);
  await storage.createExperiment({ _id: counterExperiment, name: counterExperiment, version: 1 });
  const counted = async (): Promise<number> => {
    const lock = await storage.getAlgorithmLockInfo({ uid: counterExperiment });
    return (lock?.state as LockState | null)?.count ?? 0;
  };
  for (const slot of slots) slot.start();
  let kills = 0;
  while ((await counted()) < raises) {
    await sleep(KILL_EVERY);
    const [first, ...others] = slots.filter(({ isAtWork }) => isAtWork);
    if (!first) continue;
    kills += 1;
    await random.pick([first, ...others]).killAndStart();
  }
  await Promise.all(slots.map((slot) => slot.end(20_000)));
  const count = await counted();
  await database.close();
  return { kills, count };
}

function refusals(calls: readonly Call[]): string[] {
  const refused = calls.filter(({ outcome }) => isFailure(outcome));
  return refused.length === 0
    ? []
    : [`${refused.length} raises were refused: two held the lock at the same time`];
}
