import type { Figures } from 'bench/rounds';
import type { Population } from './filled-store.js';
import type { Cost, Probe } from './probe.js';
import { allProbes } from './probes.js';

/** A filled store, wherever it is, in which calls are measured. */
export interface Subject {
  readonly population: Population;
  /** @param probe by its place among all. */
  run(probe: number, times: number): Promise<Cost>;
}

/** What a way to call a method costs. */
export interface CallCost extends Pick<Probe, 'by'> {
  readonly method: string;
  readonly way: string;
  /** For each subject, in their order. */
  readonly costs: readonly SubjectCosts[];
}

/** In microseconds, in the order of the rounds: for a call, or for each trial that it goes over. */
export interface SubjectCosts {
  readonly clock: Figures;
  /** None where nobody tells what a process spends, as in a browser. */
  readonly processor: Figures;
}

/** How much is measured. */
export interface Effort {
  /** Of calls that take the longer the more trials there are. */
  readonly longRounds: number;
  readonly rounds: number;
  /** Rounds before those, in which the engine compiles; of calls that take long, in small stores only. */
  readonly warmUp: number;
  /** Calls of each kind in a turn. */
  readonly times: number;
}

/** So many trials a turn goes over, more or less, where a call goes over all. */
const TRIALS_IN_A_TURN = 20_000;

/** Measures every method in every subject, side by side: each call has its turn in all of them before the next one has. */
export async function measureCalls(subjects: readonly Subject[], effort: Effort): Promise<CallCost[]> {
  const costs = allProbes.map(() =>
    subjects.map(() => ({ clock: [] as number[], processor: [] as number[] })),
  );
  for (let round = -effort.warmUp; round < effort.rounds; round++) {
    process.stderr.write(
      round < 0 ? `  warming up: ${-round} rounds to go\n` : `  round ${round + 1} of ${effort.rounds}\n`,
    );
    for (const [i, { probe }] of allProbes.entries()) {
      if (!hasTurn(probe, round, effort)) continue;
      for (const [s, subject] of subjects.entries()) {
        const { trials } = subject.population;
        const times = timesOf(probe, trials, effort);
        if (round < 0 && probe.isLong && trials > TRIALS_IN_A_TURN) continue;
        const { clock, processor } = await subject.run(i, round < 0 && probe.isLong ? 1 : times);
        if (round < 0) continue;
        const over = probe.by === 'trial' ? trials : 1;
        costs[i]?.[s]?.clock.push((clock * 1_000) / over);
        if (processor !== undefined) costs[i]?.[s]?.processor.push((processor * 1_000) / over);
      }
    }
  }
  return allProbes.map(({ method, way, probe: { by } }, i) => ({ method, way, by, costs: costs[i] ?? [] }));
}

function hasTurn(probe: Probe, round: number, { longRounds, rounds }: Effort): boolean {
  if (probe.last) return round === rounds - 1;
  return round < (probe.isLong ? longRounds : rounds);
}

function timesOf({ most, isLong }: Probe, trials: number, { times }: Effort): number {
  return Math.min(most, times, isLong ? Math.ceil(TRIALS_IN_A_TURN / trials) : times);
}
