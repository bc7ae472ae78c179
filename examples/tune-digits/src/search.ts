import {
  categorical,
  type Evaluation,
  type Experiment,
  type ExperimentClient,
  InvalidConfigurationError,
  integer,
  type Output,
  openExperiment,
  type ParamsOf,
  randomSearch,
  real,
  type StorageProtocol,
  StorageUnavailableError,
  setupStorage,
} from 'trialbase';
import { CLASSES, join, type Parts } from './digits.js';
import { evaluate, evaluateTogether, type Network } from './network.js';
import { train } from './train.js';

/** What is tuned: the names are those of the network's settings. */
const space = {
  learningRate: real(1e-4, 3e-2, { log: true }),
  hiddenLayers: integer(1, 2),
  hiddenUnits: integer(24, 96, { log: true }),
  activation: categorical(['relu', 'tanh']),
  l2: real(1e-6, 1e-2, { log: true }),
  batchSize: categorical([16, 32, 64]),
  epochs: integer(5, 30),
};
export type Params = ParamsOf<typeof space>;

/** The name of the experiment in its store. */
export const NAME = 'digits';

/** Milliseconds between two signs of life of a worker. Five missed ones, and its trial goes to another worker. */
export const HEARTBEAT = 1_000;

const DEFAULT_TRIALS = 64;
const MAX_BROKEN = 10;

/** Every network starts from the same numbers: trials differ by what is tuned, not by luck. */
const WEIGHTS_SEED = 1;

export function openStore(path: string): Promise<StorageProtocol> {
  return setupStorage({ type: 'file', path, heartbeat: HEARTBEAT });
}

/** Joins the search that is in the store, as a worker does. @throws StorageUnavailableError if it was removed: a worker begins none. */
export async function joinSearch(storage: StorageProtocol): Promise<ExperimentClient<Params>> {
  const [stored] = await storage.fetchExperiments({ name: NAME }, { name: 1 });
  if (stored) return openExperiment(storage, { name: NAME, space });
  throw new StorageUnavailableError('The search was removed from the store: start it again to begin anew');
}

export interface SearchOptions {
  /** Default: 64 for a new search, else as stored. A stored number is raised, never lowered. */
  readonly trials?: number | undefined;
  /** Decides which settings are tried. Default: others each time; for a search in the store, as stored. */
  readonly seed?: number | undefined;
  /** Forgets the search in the store first. */
  readonly fresh?: boolean;
}

/** Opens the search in the store, or begins one. @throws InvalidConfigurationError if the stored one has another seed. */
export async function openSearch(
  storage: StorageProtocol,
  { trials, seed, fresh }: SearchOptions,
): Promise<ExperimentClient<Params>> {
  const [stored] = await storage.fetchExperiments({ name: NAME }, { algorithm: 1 });
  if (stored && fresh) await storage.deleteExperiment(stored);
  else if (stored) checkSeed(stored, seed);
  const begins = fresh || !stored;
  const maxTrials = trials ?? (begins ? DEFAULT_TRIALS : undefined);
  return openExperiment(storage, {
    name: NAME,
    space,
    ...(maxTrials !== undefined && { maxTrials }),
    ...(begins && { algorithm: randomSearch({ seed: seed ?? null }) }),
    maxBroken: MAX_BROKEN,
  });
}

/** Two seeds would be two searches. */
function checkSeed({ algorithm }: Experiment, seed: number | undefined): void {
  const begun =
    (algorithm as { readonly random?: { readonly seed?: number | null } }).random?.seed ?? undefined;
  if (seed === undefined || seed === begun) return;
  throw new InvalidConfigurationError(
    `The search in the store was begun with ${begun === undefined ? 'no seed' : `the seed ${begun}`}, not ${seed}: ` +
      'leave --seed out to go on with it, or start over with --fresh',
  );
}

/** The objective: how badly a network with these settings, taught on one part of the digits, does on another. */
export async function judge(
  parts: Parts,
  { params, signal }: Pick<Evaluation<Params>, 'params' | 'signal'>,
): Promise<Output> {
  const network = await train(parts.train, params, { classes: CLASSES, seed: WEIGHTS_SEED, signal });
  const { loss, accuracy } = evaluate(network, parts.validation);
  return { objective: loss, statistics: { accuracy } };
}

/**
 * The final figure: the share of the test part that networks with these settings, taught on everything else, get right
 * by vote. Nothing was ever chosen by the test part, so the figure is what to expect of new digits.
 */
export async function finalAccuracy(
  parts: Parts,
  settings: readonly Params[],
  signal: AbortSignal,
): Promise<number> {
  const samples = join(parts.train, parts.validation);
  const networks: Network[] = [];
  for (const params of settings) {
    networks.push(await train(samples, params, { classes: CLASSES, seed: WEIGHTS_SEED, signal }));
  }
  return evaluateTogether(networks, parts.test).accuracy;
}
