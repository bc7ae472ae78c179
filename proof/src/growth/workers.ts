import { totalRate } from 'bench/processes';
import type { Bar, Section } from 'bench/report';
import { median, takeTurns } from 'bench/rounds';
import type { Scale } from './scale.js';

const ROUNDS = 3;

/** What more and more processes get done that share a store, and whether each trial came through once. */
export async function growthByWorkers({ workers, seconds }: Scale): Promise<Section[]> {
  const faults = { lost: 0, reservedTwice: 0 };
  const turns = workers.map(
    (count) => [`${count}`, () => totalRate('relaxed', count, seconds, faults)] as const,
  );
  const rates = await takeTurns(ROUNDS, Object.fromEntries(turns));
  const most = workers.at(-1) ?? 0;
  return [
    {
      title: 'Lifecycles a second of processes that share a store on file',
      rows: workers.map((count) => {
        const rate = median(rates[`${count}`] ?? []);
        return { processes: count, 'all together': rate, 'each of them': rate / count };
      }),
      notes: [
        'Each process follows what all the others write, and none of them does anything else: so the processors are shared by work that grows with the square of the processes.',
      ],
      bars: [
        none('trials lost', most, faults.lost),
        none('trials reserved twice', most, faults.reservedTwice),
      ],
    },
  ];
}

function none(what: string, processes: number, figure: number): Bar {
  return { name: `Up to ${processes} processes on file`, goal: 0, at: 'most', figure, unit: what };
}
