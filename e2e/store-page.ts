/** What a test has a page do with a store: calls by name, since the functions of a test see nothing of the page's modules. */

import {
  type Experiment,
  errorCode,
  type NewTrial,
  type StorageProtocol,
  setupStorage,
  type Trial,
} from 'trialbase';

/** The adapter that the address asks for: `store.html?type=dexie`. Default: that of the platform. */
const type = new URLSearchParams(location.search).get('type');
const storage: StorageProtocol = await setupStorage({
  ...(type !== null && { type }),
  name: 'e2e',
  heartbeat: 100,
  lease: 1_000,
});
let experiment: Experiment | undefined;
/** Lets the lock go that is held. */
let letGo: () => void = () => undefined;
/** How the last call that holds a lock, or a trial, has ended. */
let ended: Promise<string> = Promise.resolve('');
let held: Trial | undefined;

const actions = {
  /** Creates the experiment, or finds it. */
  async join(name: string): Promise<void> {
    await storage.createExperiment({ name, version: 1 }).catch(() => undefined);
    [experiment] = await storage.fetchExperiments({ name });
  },

  /** Takes the algorithm lock, sets a state, and holds on. Resolves once it is held, with the time. */
  async hold(state: string): Promise<number> {
    const release = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    return new Promise((resolve, reject) => {
      const holding = storage.acquireAlgorithmLock(known(), async (locked) => {
        locked.setState(state);
        resolve(Date.now());
        await release;
      });
      holding.catch(reject);
      ended = outcomeOf(holding);
    });
  },

  /** Asks for the lock. What comes of it is told by `waited`. */
  async waitForLock(state: string): Promise<void> {
    waiting = storage.acquireAlgorithmLock(known(), async (locked) => {
      locked.setState(state);
      return Date.now();
    });
    waiting.catch(() => undefined);
  },

  /** When the lock that was asked for came. */
  waited: (): Promise<number> => waiting,

  /** Ends the holding. @returns the code of the error with which it ended, or `done`. */
  async endHolding(): Promise<string> {
    letGo();
    return ended;
  },

  releaseLock: (): Promise<boolean> => storage.releaseAlgorithmLock(known()),
  state: async (): Promise<unknown> => (await storage.getAlgorithmLockInfo(known()))?.state,

  async register(count: number): Promise<void> {
    await storage.registerTrials(Array.from({ length: count }, (_, i) => trial(i)));
  },

  async registerOne(value: number): Promise<void> {
    await storage.registerTrial(trial(value));
  },

  /** Registers trials of 100 kB each until one is refused. @returns its error's code, and how many were stored. */
  async fill(most: number): Promise<{ code: string | undefined; stored: number }> {
    for (let i = 0; i < most; i++) {
      try {
        await storage.registerTrial({ ...trial(i), exp_working_dir: noise(100_000) });
      } catch (error) {
        return { code: errorCode(error), stored: i };
      }
    }
    return { code: undefined, stored: most };
  },

  /** Makes trials that are there larger by 100 kB each until one is refused. @returns its error's code, and how many are. */
  async grow(): Promise<{ code: string | undefined; grown: number }> {
    const trials = await storage.fetchTrials(known());
    for (const [i, each] of trials.entries()) {
      try {
        await storage.updateTrial(each, { exp_working_dir: noise(100_000) });
      } catch (error) {
        return { code: errorCode(error), grown: i };
      }
    }
    return { code: undefined, grown: trials.length };
  },

  /** How many trials have grown. */
  countGrown: async (): Promise<number> =>
    (await storage.fetchTrials(known())).filter(({ exp_working_dir }) => exp_working_dir).length,

  async reserve(worker: string): Promise<string | undefined> {
    held = await storage.reserveTrial(known(), { worker });
    return held?.id;
  },

  /** Gives the trials of workers that were taken for lost to others. @returns how many. */
  async bringBackLost(): Promise<number> {
    const lost = await storage.fetchLostTrials(known());
    for (const each of lost) await storage.setTrialStatus(each, 'interrupted', { was: 'reserved' });
    return lost.length;
  },

  beat: (): Promise<boolean> => storage.updateHeartbeat(theTrial()),

  /** Completes the trial that is held. @returns the error's code, or `done`. */
  complete(value: number): Promise<string> {
    const results = [{ name: 'loss', type: 'objective', value }] as const;
    return outcomeOf(storage.pushTrialResults({ ...theTrial(), results }, { status: 'completed' }));
  },

  count: async (): Promise<number> => (await storage.fetchTrials(known())).length,
  /** The error's code with which a look at the store ends, or `done`; and what it says. */
  async look(): Promise<{ outcome: string; message: string }> {
    const looking = storage.fetchExperiments({});
    const message = await looking.then(() => '', String);
    return { outcome: await outcomeOf(looking), message };
  },

  /** Watches the trials from now on; `watched` tells what came. */
  watch(): void {
    void (async () => {
      for await (const changes of storage.watchTrials(known()))
        for (const change of changes)
          changesSeen.push(change.kind === 'removed' ? 'removed' : `${change.kind} ${change.trial.status}`);
    })();
  },
  watched: (): readonly string[] => changesSeen,
  isSecure: (): boolean => isSecureContext && 'locks' in navigator,
};

let waiting: Promise<number> = Promise.resolve(0);
const changesSeen: string[] = [];

function trial(i: number): NewTrial {
  return { experiment: known()._id, params: [{ name: '/x', type: 'integer', value: i }] };
}

/** Text that nothing can pack more tightly. */
function noise(length: number): string {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i += 50_000) crypto.getRandomValues(bytes.subarray(i, i + 50_000));
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

function known(): Experiment {
  if (!experiment) throw new Error('The page has joined no experiment yet');
  return experiment;
}

function theTrial(): Trial {
  if (!held) throw new Error('The page holds no trial');
  return held;
}

function outcomeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'done',
    (error: unknown) => errorCode(error) ?? String(error),
  );
}

declare global {
  interface Window {
    store: typeof actions;
  }
}

window.store = actions;
