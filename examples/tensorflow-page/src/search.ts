import {
  categorical,
  type ExperimentClient,
  integer,
  openExperiment,
  type ParamsOf,
  real,
  type StorageProtocol,
  tpe,
} from 'trialbase';

/** For how many epochs a network learns, unless it is stopped early. */
export const EPOCHS = 12;

const space = {
  units: integer(8, 96, { log: true }),
  dropout: real(0, 0.6),
  optimizer: categorical(['sgd', 'adam']),
  momentum: real(0, 0.95, { when: { optimizer: 'sgd' } }),
  learningRate: real(1e-4, 0.3, { log: true }),
  batchSize: categorical([16, 32, 64]),
};
export type Params = ParamsOf<typeof space>;

/** Begins the search, or goes on with the one in the store. */
export function openSearch(storage: StorageProtocol, maxTrials: number): Promise<ExperimentClient<Params>> {
  return openExperiment(storage, {
    name: 'tensorflow-page',
    space,
    algorithm: tpe({ seed: 1 }),
    maxTrials,
  });
}

/** Settings on one short line. */
export function describeSettings(params: Params): string {
  const { units, dropout, optimizer, momentum, learningRate, batchSize } = params;
  const how = momentum === undefined ? optimizer : `${optimizer} with momentum ${momentum.toFixed(2)}`;
  return `${units} units, dropout ${dropout.toFixed(2)}, ${how}, rate ${learningRate.toExponential(1)}, batch ${batchSize}`;
}
