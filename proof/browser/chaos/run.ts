import type { RunReport } from '../../src/run-report.js';
import type { PlantedFault } from '../../src/workload/planted-fault.js';
import { type Browser, engines } from './browser.js';
import { playRound, type Round } from './round.js';
import { openSite } from './site.js';

export interface BrowserChaosOptions {
  readonly minutes: number;
  readonly seed: number;
  /** The engines to attack, by name: one after another, each for as long. Default: all that are here. */
  readonly engine?: string | undefined;
  /** A promise that all storages break, to see that this is found. Default: none. */
  readonly fault?: PlantedFault;
}

/** What a round lasts, in milliseconds: so many calls are checked in little time. */
const ROUND = 25_000;

/** Plays rounds in one engine after another. Each begins with a new browser; its seed says what happens in it. */
export async function runBrowserChaos(options: BrowserChaosOptions): Promise<RunReport[]> {
  const site = await openSite();
  try {
    const chosen = Object.entries(engines).filter(([name]) => isChosen(name, options.engine));
    if (chosen.length === 0) throw new Error(`There is no engine '${options.engine}' here`);
    const reports: RunReport[] = [];
    for (const [name, start] of chosen) {
      reports.push(await attackEngine(name, start, options, site.origin));
    }
    return reports;
  } finally {
    await site.close();
  }
}

function isChosen(name: string, engine: string | undefined): boolean {
  return engine === undefined || name.toLowerCase() === engine.toLowerCase();
}

async function attackEngine(
  engine: string,
  start: () => Promise<Browser>,
  { minutes, seed, fault }: BrowserChaosOptions,
  origin: string,
): Promise<RunReport> {
  const name = engine.toLowerCase();
  const began = performance.now();
  const rounds: Round[] = [];
  const faults: string[] = [];
  while (performance.now() - began < minutes * 60_000) {
    const roundSeed = seed + rounds.length;
    const browser = await start();
    try {
      const duration = Math.min(ROUND, minutes * 60_000);
      const round = await playRound(browser, {
        seed: roundSeed,
        duration,
        tabs: 3,
        workers: 2,
        origin,
        fault,
      });
      rounds.push(round);
      faults.push(...round.faults.map((found) => `In the round of seed ${roundSeed}: ${found}`));
      for (const found of round.faults) console.log(found);
      process.stderr.write(
        `${engine}, seed ${roundSeed}: ${round.calls.length} calls, ${round.faults.length} faults\n`,
      );
    } finally {
      await browser.close();
    }
  }
  return {
    name: `chaos-browser-${name}`,
    title: `Tabs and Web Workers on one store in ${engine}, of which some are ended, stopped or robbed all the time`,
    command: `npm run chaos -- browser --minutes ${minutes} --seed ${seed} --engine ${name}`,
    seconds: Math.round((performance.now() - began) / 1_000),
    figures: figuresOf(rounds),
    tables: [{ title: 'What was done to tabs, workers and the store', rows: [summed(rounds)] }],
    faults,
    notes: [
      'Each round has 3 tabs with 18 actors: in each tab two in the page and two in each of two workers, half of them through idb and half through Dexie.',
      'A call is unanswered where its tab or worker came to an end first: it may have had its effect or not.',
    ],
  };
}

function figuresOf(rounds: readonly Round[]): Record<string, number> {
  const calls = rounds.flatMap((round) => round.calls);
  const failed = (code: string): number =>
    calls.filter(({ outcome }) => (outcome as { error?: string } | undefined)?.error === code).length;
  return {
    rounds: rounds.length,
    calls: calls.length,
    'calls without an answer': calls.filter(({ end }) => end === undefined).length,
    'trials, locks and keys checked': rounds.reduce((sum, { objects }) => sum + objects, 0),
    'attacks made': Object.values(summed(rounds)).reduce((sum, count) => sum + count, 0),
    'refused as somebody else was first': failed('failed-update') + failed('duplicate-key'),
    'refused for want of room': failed('storage-full'),
    'store not to be had': failed('storage-unavailable'),
    'longest call, ms': Math.round(
      calls.reduce((most, { start, end = start }) => Math.max(most, end - start), 0),
    ),
  };
}

function summed(rounds: readonly Round[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { attacks } of rounds)
    for (const [name, count] of Object.entries(attacks)) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}
