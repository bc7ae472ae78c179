import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { inDirectory } from './lifecycles.js';
import { messageFrom } from './message-from.js';
import type { Bar, Section } from './report.js';
import { type Figures, median, ratio, takeTurns } from './rounds.js';
import type { Scale } from './scale.js';
import { type Assignment, type SharedStore, sharedStores, type Work } from './shared-store.js';
import type { StoredTrial } from './store.js';

const worker = fileURLToPath(new URL('worker.js', import.meta.url));

/** Trials present before anything starts. */
export const PRESENT = 1_000;

/** So far apart begin the numbers of two processes' trials. */
const APART = 10_000_000;

/** What must never happen, counted in all rounds. */
export interface Faults {
  lost: number;
  reservedTwice: number;
}

/** Lifecycles of one process beside the total of four on the same store, and whether every trial came through. */
export async function benchProcesses({ rounds, seconds }: Scale): Promise<Section> {
  const measured: { name: SharedStore; one: Figures; four: Figures; faults: Faults }[] = [];
  for (const name of Object.keys(sharedStores) as SharedStore[]) {
    const faults = { lost: 0, reservedTwice: 0 };
    const turn = (processes: number) => () => totalRate(name, processes, seconds, faults);
    const { one, four } = await takeTurns(rounds, { one: turn(1), four: turn(4) });
    measured.push({ name, one, four, faults });
  }
  return {
    title: `Lifecycles a second of processes that share a store, ${PRESENT.toLocaleString('en-US')} trials present`,
    rows: measured.map(({ name, one, four, faults }) => ({
      store: name,
      '1 process': median(one),
      '4 processes': median(four),
      ratio: ratio(four, one),
      'trials lost': faults.lost,
      'reserved twice': faults.reservedTwice,
    })),
    notes: ['The lifecycle by hand on SQLite goes without the count.'],
    bars: measured
      .filter(({ name }) => name === 'relaxed' || name === 'strict')
      .flatMap(({ name, one, four, faults }) => barsOf(name, ratio(four, one), faults)),
  };
}

function barsOf(name: string, figure: number, { lost, reservedTwice }: Faults): Bar[] {
  return [
    { name: `file, ${name}, 4 processes`, goal: 1, at: 'least', figure, unit: '× one process' },
    { name: `file, ${name}, 4 processes`, goal: 0, at: 'most', figure: lost, unit: 'trials lost' },
    {
      name: `file, ${name}, 4 processes`,
      goal: 0,
      at: 'most',
      figure: reservedTwice,
      unit: 'trials reserved twice',
    },
  ];
}

/** Lifecycles a second of all processes together, each on its own time, each with so many connections. Adds what went wrong to `faults`. */
export async function totalRate(
  name: SharedStore,
  processes: number,
  seconds: number,
  faults: Faults,
  connections = 1,
): Promise<number> {
  return inDirectory(async (directory) => {
    const store = await sharedStores[name].open(directory);
    await store.fill(0, PRESENT);
    await store.close();
    const works = await workTogether(
      Array.from({ length: processes }, (_, i) => ({
        store: name,
        directory,
        from: (i + 1) * APART,
        seconds,
        connections,
      })),
    );
    const reopened = await sharedStores[name].open(directory);
    checkLives(await reopened.trials(), works, faults);
    await reopened.close();
    return works.reduce((sum, { rate }) => sum + rate, 0);
  });
}

/** Starts a process for each assignment, and lets them go at once when all have opened the store. */
async function workTogether(assignments: readonly Assignment[]): Promise<Work[]> {
  const children = assignments.map((assignment) => fork(worker, [JSON.stringify(assignment)]));
  await Promise.all(children.map((child) => messageFrom(child)));
  const works = children.map((child) => messageFrom(child) as Promise<Work>);
  for (const child of children) child.send('go');
  return Promise.all(works);
}

/** Every trial that was registered must be there, completed, and completed by one worker only. */
export function checkLives(stored: readonly StoredTrial[], works: readonly Work[], faults: Faults): void {
  const lived = works.flatMap(({ completed }) => completed);
  const finished = new Set(stored.filter(({ status }) => status === 'completed').map(({ id }) => id));
  faults.reservedTwice += lived.length - new Set(lived).size;
  faults.lost += PRESENT + lived.length - finished.size;
}
