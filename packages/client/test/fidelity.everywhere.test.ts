import { InvalidConfigurationError, type Result } from '@trialbase/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelsOf } from '../src/algorithms/fidelity/ladder.js';
import {
  type AlgorithmDefinition,
  type AnyParams,
  asha,
  buildSpace,
  categorical,
  fidelity,
  hyperband,
  integer,
  openExperiment,
  randomSearch,
  real,
  type SpaceInput,
  samplePoint,
  seedRandom,
  successiveHalving,
} from '../src/index.js';
import { type Begun, simulate } from '../src/testing/index.js';
import { alone, shared } from './connect.js';

const nine = { x: real(0, 1), epochs: fidelity(1, 9, 3) } as const;
const bowl = ({ x, epochs }: AnyParams): number => (x as number) + 1 / (epochs as number);

function rungs(begun: readonly Begun[]): number[] {
  return begun.map(({ point }) => point['epochs'] as number);
}

/** How many trials each level has. */
function counts(begun: readonly Begun[]): Record<number, number> {
  const found: Record<number, number> = {};
  for (const rung of rungs(begun)) found[rung] = (found[rung] ?? 0) + 1;
  return found;
}

function xs(begun: readonly Begun[], epochs: number): number[] {
  return begun.filter(({ point }) => point['epochs'] === epochs).map(({ point }) => point['x'] as number);
}

function smallest(values: readonly number[], count: number): number[] {
  return values.toSorted((a, b) => a - b).slice(0, count);
}

const ascending = (values: readonly number[]): number[] => smallest(values, values.length);

describe('the levels of a fidelity', () => {
  it.each([
    [fidelity(1, 9, 3), [1, 3, 9]],
    [fidelity(1, 16), [1, 2, 4, 8, 16]],
    [fidelity(1, 1000, 10), [1, 10, 100, 1000]],
    [fidelity(1, 243, 3), [1, 3, 9, 27, 81, 243]],
    [fidelity(1, 10, 3), [1, 3, 10]],
    [fidelity(2, 100, 4), [2, 14, 100]],
    [fidelity(0.1, 0.9, 3), [0.1, 0.3, 0.9]],
    [fidelity(5, 5), [5]],
    [fidelity(1, 9, 1), [9]],
    [fidelity(1, 2, 3), [2]],
    [fidelity(1, 4, 1.2), [1, 2, 3, 4]],
  ])('of %o are %o', (dimension, levels) => {
    expect(levelsOf(dimension)).toEqual(levels);
  });
});

describe('asha', () => {
  it('promotes the best third of each rung, and never waits', () => {
    const begun = simulate(asha({ seed: 1 }), { space: nine, evaluate: bowl, trials: 13 });
    expect(rungs(begun)).toEqual([1, 1, 1, 3, 1, 1, 1, 3, 1, 1, 1, 3, 9]);
    expect(ascending(xs(begun, 3))).toEqual(smallest(xs(begun, 1), 3));
    expect(xs(begun, 9)).toEqual(smallest(xs(begun, 1), 1));
  });

  it('takes only what is among the best 1/base when it is asked, whoever is asked and however long trials take', () => {
    for (const seed of [1, 2, 3]) {
      let promotions = 0;
      simulate(asha({ seed }), {
        space: nine,
        evaluate: bowl,
        trials: 300,
        workers: 8,
        instances: 3,
        order: seedRandom(seed),
        onSuggest({ x, epochs }, before) {
          const below = (epochs as number) / 3;
          if (below < 1) return;
          promotions += 1;
          const ended = before.filter(
            ({ point, trial }) => point['epochs'] === below && trial.status === 'completed',
          );
          expect(smallest(xs(ended, below), Math.floor(ended.length / 3))).toContain(x);
        },
      });
      expect(promotions).toBeGreaterThan(90);
    }
  });

  it('always has something for a worker to do, also where all trials break', () => {
    const begun = simulate(asha({ seed: 1 }), {
      space: nine,
      evaluate: () => 'broken',
      trials: 50,
      workers: 5,
    });
    expect(counts(begun)).toEqual({ 1: 50 });
  });

  it('does not count broken trials on their rung, and promotes none of them', () => {
    let promotions = 0;
    simulate(asha({ seed: 1 }), {
      space: nine,
      evaluate: ({ x, epochs }) => ((x as number) > 0.5 || epochs === 3 ? 'broken' : (x as number)),
      trials: 100,
      onSuggest({ x, epochs }, before) {
        if (epochs === 1) return;
        promotions += 1;
        const completed = xs(before, 1).filter((other) => other <= 0.5);
        expect(epochs).toBe(3);
        expect(smallest(completed, Math.floor(completed.length / 3))).toContain(x);
        expect(xs(before, 3)).not.toContain(x);
      },
    });
    expect(promotions).toBeGreaterThan(10);
  });

  it('uses up a finite space: all on the lowest rung, and on each rung the best half of the one below', () => {
    const space = { n: integer(1, 20), epochs: fidelity(1, 8) };
    const evaluate = ({ n }: AnyParams): number => n as number;
    const begun = simulate(asha({ seed: 1 }), { space, evaluate, trials: 1000, workers: 3 });
    const on = (epochs: number): number[] =>
      begun.filter(({ point }) => point['epochs'] === epochs).map(({ point }) => point['n'] as number);
    expect(ascending(on(1))).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    for (const epochs of [1, 2, 4]) {
      expect(on(epochs * 2)).toEqual(expect.arrayContaining(smallest(on(epochs), on(epochs).length / 2)));
    }
    expect(on(8)).toContain(1);
  });

  it('gives points that are asked for at once without repeating one', () => {
    const algorithm = asha({ seed: 1 }).create(buildSpace(nine));
    const points = algorithm.suggest(20, []);
    expect(new Set(points.map((point) => point['x'])).size).toBe(20);
    expect(points.every(({ epochs }) => epochs === 1)).toBe(true);
  });
});

describe('successive halving', () => {
  it('leaves a rung when all on it have ended, with the best third of them, and then begins again', () => {
    const begun = simulate(successiveHalving({ seed: 1 }), { space: nine, evaluate: bowl, trials: 26 });
    const round = [...Array<number>(9).fill(1), 3, 3, 3, 9];
    expect(rungs(begun)).toEqual([...round, ...round]);
    for (const half of [begun.slice(0, 13), begun.slice(13)]) {
      expect(ascending(xs(half, 3))).toEqual(smallest(xs(half, 1), 3));
      expect(xs(half, 9)).toEqual(smallest(xs(half, 1), 1));
    }
  });

  it('begins with as many configurations as it is told', () => {
    const begun = simulate(successiveHalving({ seed: 1, size: 20 }), {
      space: nine,
      evaluate: bowl,
      trials: 28,
    });
    expect(counts(begun)).toEqual({ 1: 20, 3: 6, 9: 2 });
  });

  it('is not held up by broken trials', () => {
    const begun = simulate(successiveHalving({ seed: 1 }), {
      space: nine,
      evaluate: ({ x, epochs }) => ((x as number) > 0.5 && epochs === 1 ? 'broken' : (x as number)),
      trials: 13,
    });
    const good = xs(begun.slice(0, 9), 1).filter((x) => x <= 0.5);
    expect(good.length).toBeGreaterThan(0);
    const second = rungs(begun).indexOf(9);
    expect(ascending(xs(begun.slice(0, second), 3))).toEqual(smallest(good, 3));
    const lost = simulate(successiveHalving({ seed: 1 }), {
      space: nine,
      evaluate: () => 'broken',
      trials: 30,
    });
    expect(counts(lost)).toEqual({ 1: 30 });
  });

  it('begins the next round where others are still at the last trials of a rung', () => {
    const begun = simulate(successiveHalving({ seed: 1 }), {
      space: nine,
      evaluate: bowl,
      trials: 60,
      workers: 4,
    });
    expect(rungs(begun).slice(0, 12)).toEqual(Array(12).fill(1));
    expect(counts(begun.slice(0, 52))[9]).toBeGreaterThan(1);
  });

  it('goes on with fewer where a finite space has no more configurations', () => {
    const space = { n: integer(1, 13), epochs: fidelity(1, 9, 3) };
    const evaluate = ({ n }: AnyParams): number => n as number;
    const begun = simulate(successiveHalving({ seed: 1 }), { space, evaluate, trials: 1000 });
    // Nine, then the other four: a third of four is one.
    expect(counts(begun)).toEqual({ 1: 13, 3: 3 + 1, 9: 1 });
  });
});

describe('hyperband', () => {
  it('runs the brackets of its paper, the widest first, and then again', () => {
    const space = { x: real(0, 1, { precision: null }), epochs: fidelity(1, 81, 3) };
    const begun = simulate(hyperband({ seed: 1 }), { space, evaluate: bowl, trials: 2 * 206 });
    const brackets = [
      [1, 81, 27, 9, 3, 1],
      [3, 34, 11, 3, 1],
      [9, 15, 5, 1],
      [27, 8, 2],
      [81, 5],
    ];
    const expected = brackets.flatMap(([start = 1, ...sizes]) =>
      sizes.flatMap((size, i) => Array<number>(size).fill(start * 3 ** i)),
    );
    expect(expected).toHaveLength(206);
    expect(rungs(begun)).toEqual([...expected, ...expected]);
  });

  it('spends about as much on each bracket', () => {
    const space = { x: real(0, 1, { precision: null }), epochs: fidelity(1, 16) };
    const sizes = [16 + 8 + 4 + 2 + 1, 10 + 5 + 2 + 1, 7 + 3 + 1, 5 + 2, 5];
    const begun = [
      ...simulate(hyperband({ seed: 1 }), { space, evaluate: bowl, trials: 31 + 18 + 11 + 7 + 5 }),
    ];
    const budgets = sizes.map((size) =>
      rungs(begun.splice(0, size)).reduce((sum, epochs) => sum + epochs, 0),
    );
    expect(budgets).toEqual([80, 72, 68, 72, 80]);
  });

  it('takes the best of each bracket and not of others', () => {
    const begun = simulate(hyperband({ seed: 2 }), { space: nine, evaluate: bowl, trials: 13 + 6 + 3 });
    expect(rungs(begun)).toEqual([
      ...Array<number>(9).fill(1),
      3,
      3,
      3,
      9,
      ...Array<number>(5).fill(3),
      9,
      9,
      9,
      9,
    ]);
    expect(xs(begun.slice(13, 19), 9)).toEqual(smallest(xs(begun.slice(13), 3), 1));
  });
});

describe.each<[string, (sampler: AlgorithmDefinition) => AlgorithmDefinition]>([
  ['asha', (sampler) => asha({ sampler })],
  ['successive halving', (sampler) => successiveHalving({ sampler })],
  ['hyperband', (sampler) => hyperband({ sampler })],
])('%s', (_, define) => {
  const space = {
    optimizer: categorical(['adam', 'sgd']),
    momentum: real(0, 1, { when: { optimizer: 'sgd' } }),
    x: real(0, 1),
    epochs: fidelity(1, 20, 3),
  };
  const levels = [1, 4, 20];
  const configurationOf = ({ epochs: _epochs, ...rest }: AnyParams): string => JSON.stringify(rest);
  const runs = fc.record({
    seed: fc.nat(1000),
    workers: fc.integer({ min: 1, max: 9 }),
    breaks: fc.constantFrom(0, 0.2, 0.7),
  });

  it('only ever promotes what was completed on the rung below, whatever breaks and in whatever order trials end', () => {
    fc.assert(
      fc.property(runs, ({ seed, workers, breaks }) => {
        const luck = seedRandom(seed);
        const latest = new Map<string, number>();
        const wrong: AnyParams[] = [];
        const begun = simulate(define(randomSearch({ seed })), {
          space,
          evaluate: ({ x, epochs }) =>
            luck.uniform() < breaks ? 'broken' : (x as number) / (epochs as number),
          trials: 120,
          workers,
          instances: 2,
          order: seedRandom(seed + 1),
          onSuggest(point, before) {
            const key = configurationOf(point);
            const last = before[latest.get(key) ?? -1];
            const rung = levels.indexOf(point['epochs'] as number);
            const isLegal =
              rung >= 0 &&
              (!last || (last.point['epochs'] === levels[rung - 1] && last.trial.status === 'completed'));
            if (!isLegal) wrong.push(point);
            latest.set(key, before.length);
          },
        });
        expect(wrong).toEqual([]);
        expect(latest.size < 120 || breaks > 0).toBe(true);
        expect(begun).toHaveLength(120);
      }),
      { numRuns: 12 },
    );
  });

  it('suggests the same whichever of the workers asks', () => {
    fc.assert(
      fc.property(runs, ({ seed, workers, breaks }) => {
        const points = (instances: number): AnyParams[] => {
          const luck = seedRandom(seed);
          return simulate(define(randomSearch({ seed })), {
            space,
            evaluate: ({ x, epochs }) =>
              luck.uniform() < breaks ? 'broken' : (x as number) / (epochs as number),
            trials: 100,
            workers,
            instances,
            order: seedRandom(seed + 1),
          }).map(({ point }) => point);
        };
        expect(points(3)).toEqual(points(1));
      }),
      { numRuns: 8 },
    );
  });

  it('ranks what is not feasible last', () => {
    const results = (objective: number, constraint: number): Result[] => [
      { name: 'loss', type: 'objective', value: objective },
      { name: 'memory', type: 'constraint', value: [constraint, -1] },
    ];
    const begun = simulate(define(randomSearch({ seed: 1 })), {
      space: nine,
      evaluate: ({ x }) => results(x as number, (x as number) < 0.2 ? (x as number) + 0.1 : -1),
      trials: 13,
    });
    const feasible = xs(begun, 1).filter((x) => x >= 0.2);
    expect(feasible.length).toBeGreaterThan(3);
    expect(feasible.length).toBeLessThan(xs(begun, 1).length);
    expect(ascending(xs(begun, 3))).toEqual(smallest(feasible, xs(begun, 3).length));
  });

  it('is a search that workers share and go on with later', async () => {
    const connect = shared();
    const options = { name: 'e', space: { ...nine, x: real(0, 1, { precision: null }) } };
    const algorithm = define(randomSearch({ seed: 1 }));
    const first = await openExperiment(await connect(), { ...options, algorithm, maxTrials: 20 });
    const summary = await first.workOn(({ params }) => params.x / params.epochs, { workers: 3 });
    expect(summary.completed).toBe(20);
    const later = await openExperiment(await connect(), { ...options, maxTrials: 60 });
    await Promise.all([later, first].map((one) => one.workOn(({ params }) => params.x / params.epochs)));
    const trials = await later.trials({ where: { status: 'completed' } });
    expect(trials).toHaveLength(60);
    const reached = new Set(trials.map((trial) => later.params(trial).epochs));
    expect(reached).toEqual(new Set([1, 3, 9]));
  });

  it('needs a space with one fidelity', async () => {
    const algorithm = define(randomSearch());
    const open = async (input: SpaceInput) => {
      const experiment = await openExperiment(await alone(), {
        name: 'e',
        space: input,
        algorithm,
        maxTrials: 1,
      });
      return experiment.workOn(() => 1);
    };
    await expect(open({ x: real(0, 1) })).rejects.toThrow(InvalidConfigurationError);
    await expect(open({ x: real(0, 1) })).rejects.toThrow('this one has none');
    await expect(open({ a: fidelity(1, 2), b: fidelity(1, 2) })).rejects.toThrow('this one has several');
  });

  it('is the sampler itself where there is one level only', () => {
    const one = { x: real(0, 1), epochs: fidelity(3, 3) };
    const begun = simulate(define(randomSearch({ seed: 1 })), { space: one, evaluate: bowl, trials: 10 });
    const plain = simulate(randomSearch({ seed: 1 }), { space: one, evaluate: bowl, trials: 10 });
    expect(begun.map(({ point }) => point)).toEqual(plain.map(({ point }) => point));
  });
});

describe('an algorithm with a sampler', () => {
  interface Seen {
    readonly epochs: unknown;
    /** Those of its objective and of its constraints, among which is that it is behind others. */
    readonly values: string;
  }

  /** A sampler that draws at random, and notes what it has been told each time it is asked; told of nothing: an empty text. */
  function noting(asked: (readonly Seen[])[]): AlgorithmDefinition {
    return {
      configuration: { mine: {} },
      create(space) {
        const seen: Seen[] = [];
        let drawn = 0;
        return {
          needsObservations: true,
          suggest() {
            asked.push([...seen]);
            drawn += 1;
            return [samplePoint(space, seedRandom(drawn))];
          },
          observe(trials) {
            for (const { params, status, results } of trials) {
              const epochs = params.find(({ name }) => name === '/epochs')?.value;
              const values = status === 'completed' ? results.map(({ value }) => value).join() : '';
              seen.push({ epochs, values });
            }
          },
          state: () => drawn,
          setState: (state) => {
            drawn = state as number;
          },
        };
      },
    };
  }

  const learned = (seen: readonly Seen[] | undefined): Set<string> =>
    new Set(seen?.map(({ values }) => values).filter((values) => values !== ''));

  it('has it learn from the highest rung with enough trials, what was not promoted being worse, all at the highest fidelity', () => {
    const asked: (readonly Seen[])[] = [];
    const epochsOf = ({ epochs }: AnyParams): number => epochs as number;
    const begun = simulate(asha({ sampler: noting(asked) }), {
      space: nine,
      evaluate: epochsOf,
      trials: 60,
    });
    expect(asked.flat().every(({ epochs }) => epochs === 9)).toBe(true);
    const told = asked.map(learned);
    // The lowest rung at first, then the next one, once ten of its trials are completed.
    const first = told.findIndex((values) => values.has('3'));
    const promoted = asked[first]?.filter(({ values }) => values === '3') ?? [];
    expect(promoted.length).toBeGreaterThanOrEqual(10);
    expect(promoted.length).toBeLessThanOrEqual(12);
    expect(told.slice(1, first)).toEqual(Array.from({ length: first - 1 }, () => new Set(['1'])));
    const both = new Set(['1,1', '3']);
    expect(told.slice(first)).toEqual(Array.from({ length: told.length - first }, () => both));
    expect(asked.at(-1)?.length).toBeGreaterThan(begun.length - 3);
  });

  it('tells it of lower rungs still what is infeasible alone', () => {
    const asked: (readonly Seen[])[] = [];
    simulate(asha({ sampler: noting(asked) }), {
      space: nine,
      evaluate: ({ x, epochs }) => [
        { name: 'loss', type: 'objective', value: epochs },
        { name: 'room', type: 'constraint', value: (x as number) > 0.2 ? 2 : -1 },
      ],
      trials: 200,
    });
    // So little is feasible that others are promoted, too.
    const infeasible = ['1,2,1', '3,2,1', '9,2,1'];
    expect(learned(asked.at(-1))).toEqual(new Set(['9,-1', '3,-1,1', ...infeasible]));
  });

  it('is stored with it, and opened again by what is stored', async () => {
    const storage = await alone();
    const options = { name: 'e', space: nine, maxTrials: 5 };
    const created = await openExperiment(storage, { ...options, algorithm: successiveHalving({ seed: 4 }) });
    expect(created.record.algorithm).toEqual({
      successivehalving: { sampler: { random: { seed: 4 } }, size: null },
    });
    const again = await openExperiment(storage, { name: 'e' });
    expect(await again.workOn(() => 1)).toMatchObject({ completed: 5 });
    await expect(
      openExperiment(storage, { ...options, branch: false, algorithm: successiveHalving({ seed: 5 }) }),
    ).rejects.toThrow('its algorithm is');
    await expect(
      openExperiment(storage, { ...options, branch: false, algorithm: { asha: { seed: 4 } } }),
    ).rejects.toThrow('its algorithm is');
  });

  it.each<[() => unknown, string]>([
    [() => asha({ seed: -1 }), 'A seed is'],
    [() => asha({ seed: 1, sampler: randomSearch() }), "'seed' of asha"],
    [() => hyperband({ sampler: {} as AlgorithmDefinition }), "'sampler' of hyperband is an algorithm"],
    [() => successiveHalving({ size: 0 }), "'size' of successiveHalving"],
    [() => successiveHalving({ size: 2.5 }), "'size' of successiveHalving"],
  ])('refuses options that make no sense: %s', (make, says) => {
    expect(make).toThrow(InvalidConfigurationError);
    expect(make).toThrow(says);
  });
});
