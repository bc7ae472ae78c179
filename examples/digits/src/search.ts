import {
  categorical,
  type Experiment,
  type ExperimentClient,
  InvalidConfigurationError,
  integer,
  openExperiment,
  type ParamsOf,
  randomSearch,
  real,
  type StorageProtocol,
  StorageUnavailableError,
} from 'trialbase';

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

/** What a search is called where nobody gives it another name. */
export const NAME = 'digits';

/** Milliseconds between two signs of life of a worker. Five missed ones, and its trial goes to another worker. */
export const HEARTBEAT = 1_000;

/** How many trials a search has where nobody says. */
export const DEFAULT_TRIALS = 64;

const MAX_BROKEN = 10;

/** Joins a search that is in the store, as a worker does. @throws StorageUnavailableError if it was removed: a worker begins none. */
export async function joinSearch(
  storage: StorageProtocol,
  name: string = NAME,
): Promise<ExperimentClient<Params>> {
  const [stored] = await storage.fetchExperiments({ name }, { name: 1 });
  if (stored) return openExperiment(storage, { name, space });
  throw new StorageUnavailableError('The search was removed from the store: start it again to begin anew');
}

export interface SearchOptions {
  /** Default: {@link NAME}. */
  readonly name?: string;
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
  { name = NAME, trials, seed, fresh }: SearchOptions,
): Promise<ExperimentClient<Params>> {
  const [stored] = await storage.fetchExperiments({ name }, { algorithm: 1 });
  if (stored && fresh) await storage.deleteExperiment(stored);
  else if (stored) checkSeed(stored, seed);
  const begins = fresh || !stored;
  const maxTrials = trials ?? (begins ? DEFAULT_TRIALS : undefined);
  return openExperiment(storage, {
    name,
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
      'leave the seed out to go on with it, or start over with a fresh search',
  );
}
