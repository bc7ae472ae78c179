import {
  type AlgorithmDefinition,
  cmaEs,
  evolution,
  gaussianProcess,
  halton,
  randomSearch,
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
}

/** What every algorithm promises is tested on all of these: add yours. */
export const algorithms: Readonly<Record<string, Row>> = {
  random: { define: (seed) => randomSearch({ seed }), learns: false, repeats: true },
  halton: { define: (seed) => halton({ seed }), learns: false },
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
};
