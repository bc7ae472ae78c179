/** What a page does when it is measured in: calls by name, since what is evaluated in a page sees nothing of its modules. */

import { DocumentStorage } from '@trialbase/core';
import { openIdb } from '@trialbase/idb';
import { FilledStore, fill, type Population } from '../../../src/growth/filled-store.js';
import type { Cost } from '../../../src/growth/probe.js';
import { allProbes } from '../../../src/growth/probes.js';

const stores: FilledStore[] = [];

const actions = {
  /** Opens one more store, with a population in it. */
  async fill(population: Population): Promise<void> {
    const name = `growth-${stores.length}`;
    const open = async (): Promise<DocumentStorage> => new DocumentStorage(await openIdb({ name }));
    const store = await FilledStore.open(population, open);
    await fill(store.storage, population);
    stores.push(store);
  },

  /** Makes a call, in the store that was filled at that place in line. */
  async run({ place, probe, times }: { place: number; probe: number; times: number }): Promise<Cost> {
    const store = stores[place];
    const named = allProbes[probe];
    if (!store || !named) throw new Error('There is no such store, or no such call');
    return named.probe.run(store, times);
  },
};

declare global {
  interface Window {
    readonly growth: typeof actions;
  }
}

Object.assign(window, { growth: actions });
