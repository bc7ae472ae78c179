import { setTimeout as delay } from 'node:timers/promises';
import type { Tab } from '../../browsers/tab.js';
import { median, takeTurns } from '../src/rounds.js';
import type { BrowserScale } from '../src/scale.js';
import type { Browser } from './engines.js';
import type { LockOwner } from './page/lock-turns.js';
import type { Site } from './site.js';

/** Milliseconds, each of one hand-over or recovery, or the median of many. */
export interface LockFigures {
  /** From one holder's callback to the next one's, between two who both wait, by whom they are. */
  readonly handOver: Readonly<Record<string, Readonly<Record<LockOwner, readonly number[]>>>>;
  /** From the end of a holder, in one of several ways, to the callback of the one that waits. */
  readonly recovery: Readonly<Record<string, readonly number[]>>;
}

/** How often two users of each kind of lock race. */
const RACES = 5;

/** How long until who asks for the lock surely waits for it, in milliseconds. */
const SETTLING = 200;

export async function measureLock(browser: Browser, site: Site, scale: BrowserScale): Promise<LockFigures> {
  process.stderr.write('  the algorithm lock\n');
  const openTab = async (): Promise<Tab> => {
    const tab = await browser.openTab();
    await tab.goto(site.address);
    return tab;
  };
  const page = await openTab();
  const { crash } = browser;
  const times = scale.recoveries;
  return {
    handOver: {
      'two workers of a page': await race((owner) => raceOfWorkers(page, owner, scale.lockTurns)),
      'two tabs': await race((owner) => raceOfTabs(openTab, owner, scale.lockTurns)),
    },
    recovery: {
      'tab closed': await repeat(times, () => recovery(openTab, (holder) => holder.close())),
      'tab reloaded': await repeat(times, () => recovery(openTab, (holder) => holder.reload())),
      ...(crash && { 'tab crashed': await repeat(times, () => recovery(openTab, crash)) }),
      'worker terminated': await repeat(times, () => page.evaluate(() => window.bench.terminateHolder())),
    },
  };
}

function race(once: (owner: LockOwner) => Promise<number>) {
  return takeTurns(RACES, { trialbase: () => once('trialbase'), byHand: () => once('byHand') });
}

async function raceOfWorkers(page: Tab, owner: LockOwner, times: number): Promise<number> {
  const turns = await page.evaluate((options) => window.bench.workersTakeTurns(options), { owner, times });
  return handOver(turns);
}

async function raceOfTabs(openTab: () => Promise<Tab>, owner: LockOwner, times: number): Promise<number> {
  const tabs = [await openTab(), await openTab()];
  for (const tab of tabs) await tab.evaluate((lock) => window.bench.openLock(lock), owner);
  // They start within some milliseconds; until then the first one has the lock to itself.
  for (const tab of tabs) await tab.evaluate((turns) => window.bench.beginTurns(turns), times);
  const turns: number[][] = [];
  for (const tab of tabs) turns.push(await tab.evaluate(() => window.bench.turns()));
  for (const tab of tabs) await tab.close();
  return handOver(turns);
}

/** The median time from a turn of one to the next turn, where that is the other's. */
function handOver(turns: readonly (readonly number[])[]): number {
  const all = turns.flatMap((times, user) => times.map((time) => ({ time, user })));
  all.sort((a, b) => a.time - b.time);
  const gaps = all.flatMap(({ time, user }, i) => {
    const before = all[i - 1];
    return before && before.user !== user ? [time - before.time] : [];
  });
  if (gaps.length === 0) throw new Error('The lock was never handed over');
  return median(gaps);
}

async function repeat(times: number, once: () => Promise<number>): Promise<number[]> {
  const figures: number[] = [];
  for (let i = 0; i < times; i++) figures.push(await once());
  return figures;
}

/** One tab holds the lock, another one waits, and the first is ended. */
async function recovery(
  openTab: () => Promise<Tab>,
  end: (holder: Tab) => Promise<unknown>,
): Promise<number> {
  const [holder, waiter] = [await openTab(), await openTab()];
  for (const tab of [holder, waiter]) await tab.evaluate(() => window.bench.openLock('trialbase'));
  await holder.evaluate(() => window.bench.hold());
  await waiter.evaluate(() => window.bench.wait());
  await delay(SETTLING);
  const ended = Date.now();
  await end(holder);
  const came = await waiter.evaluate(() => window.bench.waited());
  await waiter.close();
  // What was reloaded, or has crashed, is a tab still.
  await holder.close().catch(() => undefined);
  return came - ended;
}
