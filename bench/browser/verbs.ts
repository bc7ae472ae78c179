import type { BrowserScale } from '../src/scale.js';
import type { Browser } from './engines.js';
import type { Level, Library } from './page/contenders.js';
import type { RoundFigures } from './page/round.js';
import type { Site } from './site.js';

/** What was measured of a verb: milliseconds a call, in the order of the rounds. */
export interface VerbFigures {
  readonly library: Library;
  readonly verb: string;
  /** How many documents there were. */
  readonly documents: number;
  readonly figures: Readonly<Record<Level, readonly number[]>>;
}

type DiskTab = Awaited<ReturnType<Browser['openDiskTab']>>;

const libraries: readonly Library[] = ['idb', 'dexie'];

/** Trials that are there besides, for the verb that fetches a hundred. */
const BROKEN = 100;

/** As many documents as are stored in one call of the page. */
const BATCH = 1_000;

/** Trials registered in one call, where that is measured. */
const MANY = 1_000;

/** Every verb, through both libraries, with more and more documents in the stores. */
export async function measureVerbs(
  browser: Browser,
  site: Site,
  scale: BrowserScale,
): Promise<VerbFigures[]> {
  const tab = await browser.openDiskTab();
  await tab.goto(site.address);
  // It fills the store of the page, not an array.
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type
  await tab.evaluate(() => window.bench.fill({ from: 0, to: 100, status: 'broken' }));
  const measured: VerbFigures[] = [];
  let present = 0;
  for (const documents of scale.sizes) {
    await fill(tab, present, documents);
    present = documents;
    for (const library of libraries) {
      process.stderr.write(`  ${documents} documents, ${library}\n`);
      const rounds = await measureRounds(tab, library, scale);
      for (const verb of byVerb(rounds)) measured.push({ library, documents, ...verb });
    }
  }
  await tab.close();
  return measured;
}

async function fill(tab: DiskTab, from: number, to: number): Promise<void> {
  for (let start = from; start < to; start += BATCH) {
    const part = {
      from: BROKEN + start,
      to: BROKEN + Math.min(start + BATCH, to),
      status: 'completed',
    } as const;
    await tab.evaluate((trials) => window.bench.fill(trials), part);
  }
}

async function measureRounds(
  tab: DiskTab,
  library: Library,
  { rounds, calls }: BrowserScale,
): Promise<RoundFigures[]> {
  await tab.evaluate((through) => window.bench.open(through), library);
  const measured: RoundFigures[] = [];
  // In the first one the engine is still compiling.
  for (let number = 0; number <= rounds; number++) {
    const round = { size: calls, many: MANY, number };
    measured.push(await tab.evaluate((options) => window.bench.round(options), round));
  }
  await tab.evaluate(() => window.bench.close());
  return measured.slice(1);
}

function byVerb(rounds: readonly RoundFigures[]): Pick<VerbFigures, 'verb' | 'figures'>[] {
  return Object.keys(rounds[0] ?? {}).map((verb) => {
    const of = (level: Level): number[] => rounds.map((round) => round[verb]?.[level] ?? Number.NaN);
    return { verb, figures: { byHand: of('byHand'), waist: of('waist'), protocol: of('protocol') } };
  });
}
