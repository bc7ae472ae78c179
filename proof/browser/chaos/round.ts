import type { Call } from '../../src/history/call.js';
import { checkHistory } from '../../src/history/check-history.js';
import type { PlantedFault } from '../../src/workload/planted-fault.js';
import { Random } from '../../src/workload/random.js';
import { attack, cutQuota } from './attacking.js';
import type { Browser } from './browser.js';
import { Epochs } from './epochs.js';
import { strangeErrors } from './errors.js';
import { lookAtAll } from './last-look.js';
import type { Hello, Setting } from './messages.js';
import { Recorder } from './recorder.js';
import { Switchboard } from './switchboard.js';
import { Tabs } from './tabs.js';

/** How a round is to go. */
export interface RoundOptions {
  readonly seed: number;
  /** How long the attacks go on, in milliseconds. */
  readonly duration: number;
  readonly tabs: number;
  /** How many workers each tab has. */
  readonly workers: number;
  /** Where the pages are served. */
  readonly origin: string;
  /** A promise that all storages break, to see that this is found. */
  readonly fault?: PlantedFault | undefined;
}

/** What happened in a round. */
export interface Round {
  readonly calls: readonly Call[];
  /** How often each attack was made. */
  readonly attacks: Readonly<Record<string, number>>;
  /** How many trials, locks and keys the history is about. */
  readonly objects: number;
  readonly faults: readonly string[];
}

/** Short times, so that much happens: in milliseconds. See `Setting`. */
const TIMES = { lostAfter: 500, lease: 1_000, openTimeout: 5_000, callTimeout: 8_000, patience: 3_000 };

/** How long one experiment is worked on at most. */
const EXPERIMENT = 5_000;

/** Lets actors work in the tabs of a browser while all sorts of things happen to them, and checks what they saw. */
export async function playRound(browser: Browser, options: RoundOptions): Promise<Round> {
  const { seed, workers, origin } = options;
  const epochs = new Epochs();
  let experiment = epochs.next();
  const settingFor = ({ tab, worker }: Hello, number: number): Setting => ({
    actor: `${tab}.${number}`,
    worker,
    seed: seed * 1_000 + number,
    experiment,
    library: number % 2 === 0 ? 'idb' : 'dexie',
    ...TIMES,
    fault: options.fault,
  });
  const recorder = new Recorder();
  const switchboard = await Switchboard.open(recorder, settingFor);
  const addressOf = (tab: number): string => {
    const { address: supervisor } = switchboard;
    return `${origin}/index.html?${new URLSearchParams({ supervisor, tab: `${tab}`, workers: `${workers}` })}`;
  };
  const goOn = (): void => {
    experiment = epochs.next();
    switchboard.announce(experiment);
  };
  let isDeleting = false;
  const deleteBy = async (means: () => Promise<boolean>): Promise<void> => {
    if (isDeleting) return;
    isDeleting = true;
    await epochs.deleteBy(means);
    goOn();
    isDeleting = false;
  };
  const timer = setInterval(goOn, EXPERIMENT);
  const cuts = seed % 2 === 0 ? await cutQuota(browser, options) : {};
  const tabs = await Tabs.open(browser, options.tabs, addressOf);
  const random = new Random(seed);
  const { lostAfter } = TIMES;
  const field = { browser, tabs, switchboard, recorder, random, workers, lostAfter, origin, deleteBy };
  const attacks = await attack(field, options.duration);
  clearInterval(timer);
  await recorder.pause();

  const missed = epochs.isUndecided ? [] : await lookAtAll(browser, addressOf, tabs, switchboard);
  recorder.close();
  await switchboard.close();
  const { objects, faults } = checkHistory(epochs.explicable(recorder.calls));
  return {
    calls: recorder.calls,
    attacks: { ...attacks, ...cuts, ...(epochs.isUndecided && { 'deletion kept waiting': 1 }) },
    objects,
    faults: [...recorder.hung, ...strangeErrors(recorder.calls), ...missed, ...faults],
  };
}
