import { byHand } from './by-hand.js';
import { lifecycleRate } from './lifecycles.js';
import type { Bar, Row, Section } from './report.js';
import { type Figures, median, ratio, takeTurns } from './rounds.js';
import type { Scale } from './scale.js';
import { file } from './trialbase-stores.js';

const sizesOfTheGoal: ReadonlySet<number> = new Set([0, 1_000, 100_000]);

const contenders = {
  relaxed: file('relaxed'),
  sqlite: byHand({ synchronous: 'NORMAL', counts: true }),
  sqliteWithoutCount: byHand({ synchronous: 'NORMAL', counts: false }),
};

const syncedContenders = {
  strict: file('strict'),
  sqlite: byHand({ synchronous: 'FULL', counts: true }),
  sqliteWithoutCount: byHand({ synchronous: 'FULL', counts: false }),
};

interface Measured<Name extends string> {
  readonly size: number;
  readonly rates: Readonly<Record<Name, Figures>>;
}

/** Lifecycles on file in one process, beside those of a store written by hand on SQLite. */
export async function benchFile(scale: Scale): Promise<Section[]> {
  // Synced or not, the code is the same: what waits for the disk needs no warming up of its own.
  for (const kind of Object.values(contenders)) await lifecycleRate(kind, 0, scale.warmUp);
  const relaxed = await measure(contenders, scale, scale.lifecycles);
  const strict = await measure(syncedContenders, scale, scale.syncedLifecycles);
  return [
    {
      title: 'Lifecycles a second on file, relaxed, beside SQLite by hand (WAL, synchronous=NORMAL)',
      rows: relaxed.map(({ size, rates }) => rowOf(size, rates.relaxed, rates)),
      notes: [countNote],
      bars: [
        ...relaxed.flatMap(({ size, rates }) => speedBars(size, rates.relaxed)),
        ...relaxed.map(({ size, rates }) => besideSqlite('relaxed', 'NORMAL', size, rates.relaxed, rates)),
      ],
    },
    {
      title: 'Lifecycles a second on file, strict, beside SQLite by hand (WAL, synchronous=FULL)',
      rows: strict.map(({ size, rates }) => rowOf(size, rates.strict, rates)),
      notes: [countNote],
      bars: strict.map(({ size, rates }) => besideSqlite('strict', 'FULL', size, rates.strict, rates)),
    },
  ];
}

const countNote =
  'SQLite counts by walking an index, so its lifecycle slows down with the trials. The bars compare whole lifecycles, counts and all; the last ratio is that of ours with the count to its without.';

async function measure<Name extends string>(
  kinds: Readonly<Record<Name, Parameters<typeof lifecycleRate>[0]>>,
  { sizes, rounds }: Scale,
  lifecycles: number,
): Promise<Measured<Name>[]> {
  const measured: Measured<Name>[] = [];
  for (const size of sizes) {
    const names = Object.keys(kinds) as Name[];
    const turns = names.map((name) => [name, () => lifecycleRate(kinds[name], size, lifecycles)] as const);
    const rates = await takeTurns(rounds, Object.fromEntries(turns) as Record<Name, () => Promise<number>>);
    measured.push({ size, rates });
  }
  return measured;
}

interface ByHandRates {
  readonly sqlite: Figures;
  readonly sqliteWithoutCount: Figures;
}

function rowOf(size: number, ours: Figures, { sqlite, sqliteWithoutCount }: ByHandRates): Row {
  return {
    'trials present': size,
    Trialbase: median(ours),
    SQLite: median(sqlite),
    ratio: ratio(ours, sqlite),
    'SQLite without count': median(sqliteWithoutCount),
    'its ratio': ratio(ours, sqliteWithoutCount),
  };
}

function speedBars(size: number, rates: Figures): Bar[] {
  if (!sizesOfTheGoal.has(size)) return [];
  const name = `file, relaxed, at ${size.toLocaleString('en-US')} trials`;
  return [{ name, goal: 6_000, at: 'least', figure: median(rates), unit: 'lifecycles/s' }];
}

function besideSqlite(
  durability: string,
  synchronous: string,
  size: number,
  ours: Figures,
  rates: ByHandRates,
): Bar {
  return {
    name: `file, ${durability}, at ${size.toLocaleString('en-US')} trials`,
    goal: 1,
    at: 'least',
    figure: ratio(ours, rates.sqlite),
    unit: `× SQLite by hand, ${synchronous}`,
  };
}
