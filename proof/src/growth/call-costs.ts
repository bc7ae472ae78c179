import type { Figures } from 'bench/rounds';
import type { Population } from './filled-store.js';
import type { Probe } from './probe.js';
import { allProbes } from './probes.js';

/** A filled store, wherever it is, in which calls are measured. */
export interface Subject {
  readonly population: Population;
  /** @param probe by its place among all. @returns milliseconds a call. */
  run(probe: number, times: number): Promise<number>;
}

/** What a way to call a method costs. */
export interface CallCost extends Pick<Probe, 'by'> {
  readonly method: string;
  readonly way: string;
  /** Microseconds, for each subject in the order of the rounds: a call, or each trial that it goes over. */
  readonly costs: readonly Figures[];
}

/** How much is measured. */
export interface Effort {
  readonly rounds: number;
  /** Rounds before those, in which the engine compiles; without the calls that take long. */
  readonly warmUp: number;
  /** Calls of each kind in a turn. */
  readonly times: number;
}

/** Measures every method in every subject, side by side: each call has its turn in all of them before the next one has. */
export async function measureCalls(subjects: readonly Subject[], effort: Effort): Promise<CallCost[]> {
  const costs = allProbes.map(() => subjects.map((): number[] => []));
  for (let round = -effort.warmUp; round < effort.rounds; round++) {
    for (const [i, { probe }] of allProbes.entries()) {
      if (round < 0 ? probe.most < effort.times : probe.last && round < effort.rounds - 1) continue;
      for (const [s, subject] of subjects.entries()) {
        const milliseconds = await subject.run(i, Math.min(probe.most, effort.times));
        const over = probe.by === 'trial' ? subject.population.trials : 1;
        if (round >= 0) costs[i]?.[s]?.push((milliseconds * 1_000) / over);
      }
    }
  }
  return allProbes.map(({ method, way, probe: { by } }, i) => ({ method, way, by, costs: costs[i] ?? [] }));
}
