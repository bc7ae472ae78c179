import {
  type AlgorithmDefinition,
  asha,
  cmaEs,
  evolution,
  fidelity,
  gaussianProcess,
  grid,
  halton,
  hyperband,
  randomSearch,
  type SpaceInput,
  successiveHalving,
  tpe,
} from '../../src/index.js';

export interface Row {
  readonly define: (seed: number) => AlgorithmDefinition;
  /** Whether it is to find better points than random ones, and to keep to constraints. */
  readonly learns: boolean;
  /** How long its searches are where its quality is tested. Default: 80 trials, with 12 seeds. */
  readonly budget?: { readonly trials: number; readonly seeds: number };
  /** Whether it may suggest points that are known, which the client then asks for again. */
  readonly repeats?: boolean;
  /** Whether it makes the same search whatever the seed. */
  readonly seedless?: boolean;
  /** Whether it begins with cheap trials, and so needs a space with a fidelity. */
  readonly climbs?: boolean;
}

const climber = { learns: false, climbs: true, budget: { trials: 80, seeds: 24 } } as const;

/** What every algorithm promises is tested on all of these: add yours. */
export const algorithms: Readonly<Record<string, Row>> = {
  random: { define: (seed) => randomSearch({ seed }), learns: false, repeats: true },
  halton: { define: (seed) => halton({ seed }), learns: false },
  // As many levels as leave a grid of the largest space here that can be counted.
  grid: { define: () => grid({ levels: 25 }), learns: false, seedless: true },
  tpe: { define: (seed) => tpe({ seed }), learns: true },
  gp: {
    define: (seed) => gaussianProcess({ seed, startup: 6 }),
    learns: true,
    budget: { trials: 30, seeds: 5 },
  },
  cmaes: { define: (seed) => cmaEs({ seed }), learns: true },
  evolution: {
    define: (seed) => evolution({ seed }),
    learns: true,
    budget: { trials: 120, seeds: 12 },
  },
  asha: { define: (seed) => asha({ seed }), ...climber },
  'asha with tpe': {
    define: (seed) => asha({ sampler: tpe({ seed }) }),
    ...climber,
    learns: true,
    budget: { trials: 80, seeds: 5 },
  },
  'asha with evolution': { define: (seed) => asha({ sampler: evolution({ seed }) }), ...climber },
  hyperband: { define: (seed) => hyperband({ seed }), ...climber },
  'hyperband with tpe': {
    define: (seed) => hyperband({ sampler: tpe({ seed }) }),
    ...climber,
    learns: true,
    budget: { trials: 80, seeds: 5 },
  },
  'successive halving': { define: (seed) => successiveHalving({ seed }), ...climber },
};

/** The space, with a fidelity where the algorithm climbs. */
export function spaceFor({ climbs }: Pick<Row, 'climbs'>, space: SpaceInput): SpaceInput {
  return climbs ? { ...space, epochs: fidelity(1, 9, 3) } : space;
}
