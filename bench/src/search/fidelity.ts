import {
  type AlgorithmDefinition,
  asha,
  hyperband,
  randomSearch,
  successiveHalving,
  tpe,
} from '@trialbase/client';
import type { Bar, Row, Section } from '../report.js';
import { runToTarget, type Spent } from './fidelity-run.js';
import { fidelityTask } from './fidelity-task.js';
import { quantile } from './outcomes.js';

const WORKERS = [1, 8];

const RANDOM = 'random, full budget';

const contenders: Readonly<Record<string, (seed: number) => AlgorithmDefinition>> = {
  [RANDOM]: (seed) => randomSearch({ seed }),
  'tpe, full budget': (seed) => tpe({ seed }),
  asha: (seed) => asha({ seed }),
  'asha with tpe': (seed) => asha({ sampler: tpe({ seed }) }),
  hyperband: (seed) => hyperband({ seed }),
  'successive halving': (seed) => successiveHalving({ seed }),
};

/** The budget that searches over a fidelity spend to reach a target, beside random search at the full budget. */
export function fidelitySection(seeds: number): Section {
  const task = fidelityTask();
  const found = WORKERS.flatMap((workers) =>
    Object.entries(contenders).map(([name, define]) => {
      process.stderr.write(`  ${name}, ${workers} workers, to a target\n`);
      const runs = Array.from({ length: seeds }, (_, seed) => runToTarget(define(seed), task, workers));
      return { name, workers, runs };
    }),
  );
  const median = (name: string): number =>
    middle(found.find((one) => one.name === name && one.workers === 1)?.runs ?? [], 'epochs')[1];
  return {
    title:
      'Searches over a fidelity: epochs spent until a network is among the best 1 %, median (quartiles), digits',
    rows: found.map(({ name, workers, runs }): Row => {
      const cell = (figure: keyof Spent): string => {
        const [low, half, high] = middle(runs, figure).map((value) => Math.round(value));
        return `${half} (${low} … ${high})`;
      };
      return {
        algorithm: name,
        workers,
        epochs: cell('epochs'),
        'if promoted networks go on': cell('epochsResumed'),
        'time, in epochs': cell('time'),
      };
    }),
    notes: [
      `The best 1 % are those with a loss of ${task.target.toPrecision(3)} or less; a network taught to the end costs ${task.fullCost} epochs.`,
    ],
    bars: ['asha', 'hyperband'].map(
      (name): Bar => ({
        name: `${name}: budget to a target`,
        goal: 1,
        at: 'most',
        figure: median(name) / median(RANDOM),
        unit: "× random search's",
      }),
    ),
  };
}

/** The quartiles. */
function middle(runs: readonly Spent[], figure: keyof Spent): [number, number, number] {
  const sorted = runs.map((run) => run[figure]).sort((a, b) => a - b);
  return [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)];
}
