import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inDirectory } from 'bench/lifecycles';
import type { Bar, Section } from 'bench/report';
import { measureCalls } from './call-costs.js';
import { callSections } from './call-sections.js';
import { type Assignment, ChildStore, fillInChild } from './child-store.js';
import type { Population } from './filled-store.js';
import type { Scale } from './scale.js';

/** Every method in memory, with more and more trials in the store. */
export function growthInMemory(scale: Scale): Promise<Section[]> {
  return growthBySize('memory', 'In memory', scale);
}

/** The same on file. */
export function growthOnFile(scale: Scale): Promise<Section[]> {
  return growthBySize('file', 'On file', scale);
}

function growthBySize(kind: Assignment['kind'], where: string, scale: Scale): Promise<Section[]> {
  const populations = scale.sizes.map((trials) => ({ experiments: 1, trials }));
  const names = scale.sizes.map((size) => `${size.toLocaleString('en-US')} trials`);
  return inStores(kind, populations, async (stores) => [
    memorySection(kind, where, stores),
    ...callSections(where, names, await measureCalls(stores, scale.effort)),
  ]);
}

/** Every method in a store with one experiment, and in one with many. */
export function growthByExperiments({ experiments, effort }: Scale): Promise<Section[]> {
  const populations = [1, experiments].map((count) => ({ experiments: count, trials: 200 }));
  const names = ['1 experiment', `${experiments} experiments`];
  return inStores('file', populations, async (stores) =>
    callSections('On file, experiments of 200 trials', names, await measureCalls(stores, effort)),
  );
}

/** Lends stores with these populations, each in a process of its own. */
async function inStores<T>(
  kind: Assignment['kind'],
  populations: readonly Population[],
  use: (stores: readonly ChildStore[]) => Promise<T>,
): Promise<T> {
  return inDirectory(async (parent) => {
    const stores: ChildStore[] = [];
    try {
      for (const [i, population] of populations.entries()) {
        const directory = join(parent, String(i));
        mkdirSync(directory);
        process.stderr.write(`  ${population.experiments} × ${population.trials} trials\n`);
        if (kind === 'file') await fillInChild(directory, population);
        stores.push(await ChildStore.open({ kind, directory, population }));
      }
      return await use(stores);
    } finally {
      for (const store of stores) await store.end();
    }
  });
}

/** With fewer trials, what the process needs itself is more than theirs. */
const MANY = 100_000;

/** So many bytes a trial may take in a process that has opened the store. */
const BYTES_A_TRIAL = 1_500;

/** So many times what it takes among a hundred thousand may a trial take among the most. */
const BOUND = 1.2;

function memorySection(kind: Assignment['kind'], where: string, stores: readonly ChildStore[]): Section {
  const rows = stores.map(({ population: { trials }, opened: { milliseconds, heap, resident } }) => ({
    trials,
    [kind === 'file' ? 'opened in s' : 'filled in s']: milliseconds / 1_000,
    'MB on the heap': heap / 2 ** 20,
    'bytes a trial': heap / trials,
    'MB of the machine’s memory': resident / 2 ** 20,
  }));
  const [first, ...more] = rows.filter(({ trials }) => trials >= MANY).map((row) => row['bytes a trial']);
  const bars: Bar[] = [];
  const add = (goal: number, figure: number, unit: string): number =>
    bars.push({ name: `${where}: memory`, goal, at: 'most', figure, unit });
  if (first !== undefined && kind === 'file') add(BYTES_A_TRIAL, first, 'bytes a trial');
  for (const each of more) add(BOUND, each / (first ?? each), '× the bytes a trial among fewer');
  return { title: `${where}: what a process holds`, rows, notes: [], bars };
}
