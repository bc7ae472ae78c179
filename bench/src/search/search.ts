import type { Bar, Row, Section } from '../report.js';
import { type Contender, chosenFor, contenders } from './contenders.js';
import { digitsTask } from './digits-task.js';
import { fidelitySection } from './fidelity.js';
import { goalProblems, moreProblems } from './functions.js';
import { goalBudgets, optunaMedians } from './optuna.js';
import { measure, type Outcome, quantile, type SearchScale } from './outcomes.js';
import type { Problem } from './problem.js';
import { suggestionTimes } from './suggestion-times.js';

const WORKERS = [1, 8];
const SIZES = [100, 1_000, 10_000];

/** How good the searches of each algorithm are, beside random search, and how long a suggestion takes. */
export async function* benchSearch(scale: SearchScale): AsyncGenerator<Section> {
  yield timeSection();
  const goals = Object.values(goalProblems).flatMap((problem) => all(problem, scale));
  const title = 'Searches: distance to the best value, median (quartiles)';
  yield section(`${title}, on the functions of the goals`, goals, scale, goalBars(goals));
  const more = [...moreProblems, digitsTask()].flatMap((problem) => all(problem, scale));
  yield section(`${title}, on other functions and on the digits`, more, scale, []);
  yield fidelitySection(scale.seeds);
}

function all(problem: Problem, scale: SearchScale): Outcome[] {
  process.stderr.write(`  ${problem.name}\n`);
  return WORKERS.flatMap((workers) =>
    contenders.map((contender) => measure(problem, contender, workers, scale)),
  );
}

function section(
  title: string,
  outcomes: readonly Outcome[],
  { budgets, slow }: SearchScale,
  bars: readonly Bar[],
): Section {
  return {
    title,
    rows: outcomes.map((outcome) => rowOf(outcome, budgets)),
    notes: [
      'Where a search has several workers, trials end in the order in which they began.',
      `A Gaussian process has ${slow.seeds} seeds and ${Math.max(...slow.budgets)} trials only, as it takes long; a grid has no seed.`,
    ],
    bars,
  };
}

function rowOf(
  { problem, contender, workers, seeds, regrets, budgets }: Outcome,
  columns: readonly number[],
): Row {
  const cells = columns.map((budget) => {
    const found = regrets[budgets.indexOf(budget)];
    if (!found) return [`after ${budget}`, '–'];
    const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => short(quantile(found, share)));
    return [`after ${budget}`, `${middle} (${low} … ${high})`];
  });
  return { problem: problem.name, workers, algorithm: contender, seeds, ...Object.fromEntries(cells) };
}

function short(value: number): string {
  return value !== 0 && value < 1e-3 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
}

/** The goals are for TPE, and for what a search has that is given no algorithm. */
function goalBars(outcomes: readonly Outcome[]): Bar[] {
  return Object.entries(goalProblems).flatMap(([key, problem]) =>
    goalBudgets.flatMap((budget, i) => {
      const goal = optunaMedians[key as keyof typeof goalProblems][i] as number;
      const names = new Set(['tpe', chosenFor(problem.space, budget)]);
      return [...names].flatMap((name): Bar[] => {
        const found = outcomes.find(
          (one) => one.problem === problem && one.contender === name && one.workers === 1,
        );
        const regrets = found?.regrets[found.budgets.indexOf(budget)];
        if (!regrets) return [];
        const title = `${problem.name}: ${name} after ${budget} trials, ${found.seeds} seeds`;
        return [{ name: title, goal, at: 'most', figure: quantile(regrets, 0.5), unit: 'above the best' }];
      });
    }),
  );
}

function timeSection(): Section {
  const problem = goalProblems.hartmann;
  const measured = contenders.map((contender: Contender) => {
    process.stderr.write(`  suggestions of ${contender.name}\n`);
    return { name: contender.name, times: suggestionTimes(contender, problem, SIZES) };
  });
  const rows = measured.map(({ name, times }): Row => {
    const cells = SIZES.map((size, i) => [`after ${size}`, times[i] as number]);
    return { algorithm: name, ...Object.fromEntries(cells) };
  });
  const tpe = measured.find(({ name }) => name === 'tpe')?.times[SIZES.indexOf(1_000)] as number;
  const bar: Bar = {
    name: 'a suggestion of tpe after 1,000 trials',
    goal: 10,
    at: 'most',
    figure: tpe,
    unit: 'ms',
  };
  return { title: `Milliseconds that a suggestion takes, ${problem.name}`, rows, notes: [], bars: [bar] };
}
