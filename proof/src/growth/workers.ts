import { MemoryStore } from '@trialbase/core';
import { livesTogether } from 'bench/lives-together';
import { checkLives, type Faults, PRESENT, totalRate } from 'bench/processes';
import type { Bar, Row, Section } from 'bench/report';
import { type Figures, median, ratio, takeTurns } from 'bench/rounds';
import { sharedMemory } from 'bench/trialbase-stores';
import type { Scale } from './scale.js';

const ROUNDS = 3;

/** Ways for workers to share a store, each with what so many of them get done a second together. */
type Sharing = Readonly<Record<string, (workers: number, faults: Faults) => Promise<number>>>;

/** What more and more workers get done that share a store, and whether each trial came through once. */
export async function growthByWorkers({ workers, processes, seconds }: Scale): Promise<Section[]> {
  const few = `on file, up to ${processes} processes`;
  const ways: Sharing = {
    'in memory': (count, faults) => rateInMemory(count, seconds, faults),
    'on file, a process each': (count, faults) => totalRate('relaxed', count, seconds, faults),
    [few]: (count, faults) => {
      const used = Math.min(processes, count);
      return totalRate('relaxed', used, seconds, faults, count / used);
    },
  };
  const found = [];
  for (const [way, rateOf] of Object.entries(ways)) found.push(await measure(way, workers, rateOf));
  return [
    {
      title: 'Lifecycles a second of workers that share a store',
      rows: found.flatMap(({ rows }) => rows),
      notes: [
        'Each process follows what all the others write, and none of them does anything else: so the processors are shared by work that grows with the square of the processes. Connections of one process do the same.',
      ],
      bars: found.flatMap(({ bars }) => bars),
    },
  ];
}

async function measure(
  way: string,
  workers: readonly number[],
  rateOf: Sharing[string],
): Promise<Pick<Section, 'rows' | 'bars'>> {
  const faults = { lost: 0, reservedTwice: 0 };
  const turns = workers.map((count) => {
    process.stderr.write(`  ${way}: ${count}\n`);
    return [`${count}`, () => rateOf(count, faults)] as const;
  });
  const rates = await takeTurns(ROUNDS, Object.fromEntries(turns));
  const all = workers.map((count) => ({ count, rate: rates[`${count}`] ?? [] }));
  const most = workers.at(-1) ?? 0;
  return {
    rows: all.map(({ count, rate }) => rowOf(way, count, rate, all)),
    bars: [
      none(`Up to ${most} workers ${way}`, 'trials lost', faults.lost),
      none(`Up to ${most} workers ${way}`, 'trials reserved twice', faults.reservedTwice),
    ],
  };
}

function rowOf(
  way: string,
  count: number,
  rate: Figures,
  all: readonly { readonly count: number; readonly rate: Figures }[],
): Row {
  const against = all.slice(0, -1).map((other) => [`× that of ${other.count}`, ratio(rate, other.rate)]);
  return {
    'where, and how': way,
    workers: count,
    'all together': median(rate),
    'each of them': median(rate) / count,
    ...(Object.fromEntries(against) as Record<string, number>),
  };
}

/** So many connections to one store in memory, in this process. */
async function rateInMemory(workers: number, seconds: number, faults: Faults): Promise<number> {
  const kind = sharedMemory(new MemoryStore());
  const connections = await Promise.all(Array.from({ length: workers }, () => kind.open('')));
  const [first] = connections;
  await first?.fill(0, PRESENT);
  const work = await livesTogether(connections, PRESENT, seconds);
  checkLives((await first?.trials()) ?? [], [work], faults);
  return work.rate;
}

function none(name: string, what: string, figure: number): Bar {
  return { name, goal: 0, at: 'most', figure, unit: what };
}
