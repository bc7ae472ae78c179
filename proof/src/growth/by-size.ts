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

/** So many bytes a trial may take with its process's memory, once there are many. */
const BYTES_A_TRIAL = 1_500;

/** With fewer trials, what the process needs itself is more than theirs. */
const MANY = 100_000;

function memorySection(kind: Assignment['kind'], where: string, stores: readonly ChildStore[]): Section {
  const rows = stores.map(({ population: { trials }, opened: { milliseconds, heap, resident } }) => ({
    trials,
    [kind === 'file' ? 'opened in s' : 'filled in s']: milliseconds / 1_000,
    'MB on the heap': heap / 2 ** 20,
    'bytes a trial': heap / trials,
    'MB of the machine’s memory': resident / 2 ** 20,
  }));
  const bars = stores
    .filter(({ population }) => population.trials >= MANY)
    .map(
      ({ population: { trials }, opened: { heap } }): Bar => ({
        name: `${where}: memory with ${trials.toLocaleString('en-US')} trials`,
        goal: BYTES_A_TRIAL,
        at: 'most',
        figure: heap / trials,
        unit: 'bytes a trial',
      }),
    );
  return { title: `${where}: what a process holds`, rows, notes: [], bars };
}
