import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DocumentStorage, type StorageProtocol } from '@trialbase/core';
import { openFile } from '@trialbase/file';
import { collectGarbage, inDirectory } from 'bench/lifecycles';
import type { Bar, Row, Section } from 'bench/report';
import { type Figures, median } from 'bench/rounds';
import { FilledStore, fill } from './filled-store.js';
import type { Scale } from './scale.js';
import { trialProbes } from './trial-probes.js';

const ROUNDS = 3;
const CALLS = 20;
/** So many times what it costs with the smallest state may another call cost with the largest. */
const BOUND = 3;
/** So many times the size of the state may the store have on disk: two generations, and as much as the journal may outgrow one. */
const ON_DISK = 5;

interface Measured {
  readonly megabytes: number;
  /** Milliseconds: to save the state under the lock, and to read it. */
  readonly saved: Figures;
  readonly read: Figures;
  /** Milliseconds to register a trial beside it. */
  readonly beside: Figures;
  /** To open the store with it. */
  readonly opened: Figures;
  readonly megabytesOnDisk: number;
}

/** What an algorithm's state costs on file as it grows, and what it makes other calls cost. */
export async function growthByState({ states }: Scale): Promise<Section[]> {
  const measured: Measured[] = [];
  for (const megabytes of states) measured.push(await inDirectory((path) => measure(path, megabytes)));
  return [
    {
      title: `An algorithm’s state on file, in ms; saved ${ROUNDS} times`,
      rows: measured.map(rowOf),
      notes: ['A state is a list of points and values, as an algorithm keeps what it has observed.'],
      bars: barsOf(measured),
    },
  ];
}

async function measure(path: string, megabytes: number): Promise<Measured> {
  const open = async (): Promise<StorageProtocol> => new DocumentStorage(await openFile({ path }));
  const first = await open();
  await fill(first, { experiments: 1, trials: 1_000 });
  await first.close();
  const figures = {
    saved: [] as number[],
    read: [] as number[],
    beside: [] as number[],
    opened: [] as number[],
  };
  const store = await FilledStore.open({ experiments: 1, trials: 1_000 }, open);
  for (let round = 0; round < ROUNDS; round++) {
    const state = stateOf(megabytes, round);
    collectGarbage();
    figures.saved.push(
      await timed(() => store.storage.acquireAlgorithmLock(store.experiment, (lock) => lock.setState(state))),
    );
    figures.read.push(await timed(() => store.storage.getAlgorithmLockInfo(store.experiment)));
    figures.beside.push((await trialProbes.registerTrial['one']?.run(store, CALLS))?.clock ?? Number.NaN);
    await store.storage.close();
    figures.opened.push(await timed(() => store.reopen()));
  }
  await store.storage.close();
  return { megabytes, ...figures, megabytesOnDisk: bytesIn(path) / 1e6 };
}

/** About so many megabytes as JSON. */
function stateOf(megabytes: number, seed: number): object {
  const point = (i: number): object => ({ x: [i + 0.123456789, i / 7, (i * seed) % 11], y: 1 / (i + 1) });
  const each = JSON.stringify(point(12_345)).length;
  return { seed, observed: Array.from({ length: Math.ceil((megabytes * 1e6) / each) }, (_, i) => point(i)) };
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

function bytesIn(directory: string): number {
  const entries = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  return entries.reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
}

function rowOf({ megabytes, saved, read, beside, opened, megabytesOnDisk }: Measured): Row {
  return {
    'MB of state': megabytes,
    'to save it': median(saved),
    'to read it': median(read),
    'to register a trial beside it': median(beside),
    'to open the store': median(opened),
    'MB on disk': megabytesOnDisk,
  };
}

function barsOf(measured: readonly Measured[]): Bar[] {
  const [smallest] = measured;
  const largest = measured.at(-1);
  if (!smallest || !largest) return [];
  const name = `A state of ${largest.megabytes} MB`;
  return [
    {
      name: `${name}: registering a trial beside it`,
      goal: BOUND,
      at: 'most',
      figure: median(largest.beside) / median(smallest.beside),
      unit: '× the cost beside the smallest',
    },
    {
      name: `${name}: the store on disk`,
      goal: ON_DISK,
      at: 'most',
      figure: largest.megabytesOnDisk / largest.megabytes,
      unit: '× the state',
    },
  ];
}
