import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from './browser.js';
import type { ShownTrial } from './messages.js';
import type { Switchboard } from './switchboard.js';
import type { Tabs } from './tabs.js';

/** How long it may take until all who watch have been shown what is there, in milliseconds. */
const NEWS = 30_000;

/** How long to wait for one answer, before the question is put again: the line may have broken meanwhile. */
const ANSWER = 5_000;

/** How long it may take to look at all there is, in milliseconds. */
const LOOK = 60_000;

/** The place of the tab that does so. */
const LAST = 1_000;

/**
 * Looks at all there is, by calls that are recorded, in a new tab while nothing else happens; and whether those who watch were
 * shown it. @returns what went wrong, as text.
 */
export async function lookAtAll(
  browser: Browser,
  addressOf: (tab: number) => string,
  tabs: Tabs,
  switchboard: Switchboard,
): Promise<string[]> {
  const audited = switchboard.hear(LAST, { kind: 'audited', timeout: LOOK });
  const tab = await browser.openTab();
  await tab.goto(`${addressOf(LAST)}&audit`);
  const told = await audited;
  return told ? whoMissed(told.trials, tabs, switchboard) : ['Nobody could look at what is there in the end'];
}

/** Waits until all who watch have been shown the trials that are there. @returns who has not been, as text. */
async function whoMissed(
  trials: readonly ShownTrial[],
  { places }: Tabs,
  switchboard: Switchboard,
): Promise<string[]> {
  const missed = places.map(async ({ number }) => {
    const end = performance.now() + NEWS;
    let missing: string[] | undefined;
    while (performance.now() < end) {
      const order = { name: 'tell what was watched' } as const;
      const told = await switchboard.ask(number, order, { kind: 'watched', timeout: ANSWER });
      missing = told && difference(trials, told.trials);
      if (missing?.length === 0) return [];
      await delay(200);
    }
    return [
      missing
        ? `Tab ${number}, which watches, was not shown:\n    ${missing.join('\n    ')}`
        : `Tab ${number} does not answer`,
    ];
  });
  return (await Promise.all(missed)).flat();
}

function difference(wanted: readonly ShownTrial[], shown: readonly ShownTrial[]): string[] {
  const texts = new Set(shown.map((trial) => JSON.stringify(trial)));
  const missing = wanted.map((trial) => JSON.stringify(trial)).filter((text) => !texts.delete(text));
  return [...missing, ...Array.from(texts, (text) => `(and was shown what is not there: ${text})`)];
}
