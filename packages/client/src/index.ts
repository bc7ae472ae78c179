/**
 * Experiments, search spaces, algorithms, and the loop of a worker.
 *
 * @module @trialbase/client
 */

export type { Algorithm, AlgorithmConfiguration, AlgorithmDefinition } from './algorithms/algorithm.js';
export { type Choice, type ChooseOptions, chooseAlgorithm } from './algorithms/choose-algorithm.js';
export { type CmaEsOptions, cmaEs } from './algorithms/cma-es/cma-es.js';
export { type EvolutionOptions, evolution } from './algorithms/evolution/evolution.js';
export { asha } from './algorithms/fidelity/asha.js';
export { hyperband } from './algorithms/fidelity/hyperband.js';
export type { SamplerOptions } from './algorithms/fidelity/sampler-options.js';
export {
  type SuccessiveHalvingOptions,
  successiveHalving,
} from './algorithms/fidelity/successive-halving.js';
export {
  type GaussianProcessOptions,
  gaussianProcess,
} from './algorithms/gaussian-process/gaussian-process.js';
export { type GridOptions, grid } from './algorithms/grid/grid.js';
export { type HaltonOptions, halton } from './algorithms/halton/halton.js';
export { type RandomSearchOptions, randomSearch } from './algorithms/random-search.js';
export { type TpeOptions, tpe } from './algorithms/tpe/tpe.js';
export type { Evaluation, Objective, ReportOptions } from './evaluation/evaluation.js';
export { reportsOf } from './evaluation/reports.js';
export { type Output, objectiveOf } from './evaluation/results.js';
export type { Executor } from './executors/executor.js';
export { exposeObjective } from './executors/expose-objective.js';
export { inWebWorker } from './executors/in-web-worker.js';
export type { FromWorker, ToWorker } from './executors/messages.js';
export { RunsUnderWay } from './executors/runs-under-way.js';
export { serveObjective, type WorkerPort } from './executors/serve-objective.js';
export type { WorkerEvents, WorkerHandle, WorkerPoolOptions } from './executors/worker-handle.js';
export { WorkerPool } from './executors/worker-pool.js';
export { ExperimentClient } from './experiment-client.js';
export type { FollowOptions } from './following/finished.js';
export type { Progress } from './following/progress.js';
export { type ExperimentStats, fetchBest, fetchStats } from './following/stats.js';
export { openExperiment } from './opening/open-experiment.js';
export type { OpenExperimentOptions } from './opening/open-options.js';
export { type Random, type RandomState, resumeRandom, seedRandom } from './random.js';
export { isPresent, type When } from './space/condition.js';
export {
  categorical,
  type DimensionOptions,
  fidelity,
  type IntegerOptions,
  integer,
  type NormalOptions,
  normal,
  type RealOptions,
  real,
} from './space/define.js';
export { makePoint, parentsFirst } from './space/dependencies.js';
export type {
  CategoricalDimension,
  Category,
  Condition,
  Conditional,
  Dimension,
  FidelityDimension,
  NumericDimension,
  Prior,
  Shape,
  Shaped,
} from './space/dimension.js';
export { countPoints, pointAt } from './space/enumerate.js';
export type { AnyParams, ParamsOf, SpaceInput } from './space/param-types.js';
export { parsePrior, priorString } from './space/prior-string.js';
export { sample, samplePoint } from './space/sample.js';
export {
  buildSpace,
  type NamedDimension,
  pointOf,
  readSpace,
  type Space,
  toParams,
  writeSpace,
} from './space/space.js';
export { type MedianStoppingOptions, medianStopping } from './stopping/median-stopping.js';
export type { Report, StoppingJudge, StoppingRule } from './stopping/stopping-rule.js';
export { tabWorkerName } from './tab-worker-name.js';
export type { Over } from './working/next-trial.js';
export type { WorkSummary } from './working/work-on.js';
export type { SuggestOptions, WorkOptions } from './working/work-options.js';
