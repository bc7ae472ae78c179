import { openDexie } from '@trialbase/dexie';
import { openIdb } from '@trialbase/idb';
import { DexieByHand } from './dexie-by-hand.js';
import { IdbByHand } from './idb-by-hand.js';
import { ProtocolVerbs } from './protocol.js';
import { Recorder } from './recorder.js';
import type { Verbs } from './verbs.js';
import { useLockOf } from './waist-lock.js';

/** The library through which a page uses IndexedDB. */
export type Library = 'idb' | 'dexie';

/** Who does a verb: code written by hand, Trialbase's database, or its protocol on that database. */
export const levels = ['byHand', 'waist', 'protocol'] as const;
export type Level = (typeof levels)[number];

/** Something of each level. */
export function byLevel<T>(give: (level: Level) => T): Record<Level, T> {
  return { byHand: give('byHand'), waist: give('waist'), protocol: give('protocol') };
}

/** A verb, called on a store. */
export type Call = (verbs: Verbs) => Promise<unknown>;

/** Somebody who does the verbs. */
interface Contender {
  /** For what is not measured. */
  readonly verbs: Verbs;
  /** Makes a call ready, so that nothing but what is to be measured is left of it. */
  ready(call: Call): Promise<() => Promise<unknown>>;
}

export type Contenders = Readonly<Record<Level, Contender>>;

/** Opens both stores, Trialbase's and the one written by hand, through a library. */
export async function openContenders(library: Library): Promise<Contenders> {
  const byHand = library === 'idb' ? await IdbByHand.open('by-hand') : await DexieByHand.open('by-hand');
  const database = library === 'idb' ? await openIdb() : await openDexie();
  const protocol = new ProtocolVerbs(database);
  await protocol.begin();
  const recorder = new Recorder();
  const recorded = new ProtocolVerbs(recorder);
  recorded.useLock = async (state) => recorder.record((bare) => useLockOf(bare, state));
  return {
    byHand: direct(byHand),
    protocol: direct(protocol),
    waist: {
      verbs: protocol,
      ready: async (call) => {
        await call(recorded);
        const bare = recorder.take();
        return () => bare(database);
      },
    },
  };
}

function direct(verbs: Verbs): Contender {
  return { verbs, ready: async (call) => () => call(verbs) };
}
