import { DocumentStorage, InvalidConfigurationError, openMemory, setupStorage } from '@trialbase/core';
import { describe, expect, it } from 'vitest';
import {
  categorical,
  chooseAlgorithm,
  type ExperimentClient,
  integer,
  medianStopping,
  normal,
  openExperiment,
  real,
  WorkerPool,
} from '../src/index.js';

const space = { x: real(0, 1) };

async function open(): Promise<ExperimentClient> {
  return openExperiment(new DocumentStorage(await openMemory()), { name: 'e', space, maxTrials: 1 });
}

/** Whatever takes options, with ones that it does not know. */
const calls: readonly (readonly [what: string, call: (options: never) => unknown])[] = [
  ['workOn', async (options) => (await open()).workOn(() => 1, options)],
  ['suggest', async (options) => (await open()).suggest(options)],
  ['openExperiment', async (options) => openExperiment(new DocumentStorage(await openMemory()), options)],
  ['chooseAlgorithm', (options) => chooseAlgorithm(space, options)],
  ['medianStopping', (options) => medianStopping(options)],
  ['A pool of workers', (options) => new WorkerPool(() => ({ post() {}, terminate() {} }), options)],
  ['real', (options) => real(0, 1, options)],
  ['integer', (options) => integer(0, 1, options)],
  ['normal', (options) => normal(0, 1, options)],
  ['categorical', (options) => categorical(['a', 'b'], options)],
  ['setupStorage', (options) => setupStorage({}, options)],
  ['A storage', async (options) => new DocumentStorage(await openMemory(), options)],
];

const errorOf = async (call: (options: never) => unknown, options: unknown): Promise<unknown> => {
  try {
    return await call(options as never);
  } catch (error) {
    return error;
  }
};

describe.each(calls)('%s', (what, call) => {
  it('refuses an option that there is not, and lists those there are', async () => {
    const error = await errorOf(call, { max_trials: 3 });
    expect(error).toBeInstanceOf(InvalidConfigurationError);
    expect(String(error)).toMatch(new RegExp(`: ${what} has no option 'max_trials'; it has [a-zA-Z, ]+ \\[`));
  });

  it('refuses null in the place of options, and says what to give', async () => {
    const error = await errorOf(call, null);
    expect(error).toBeInstanceOf(InvalidConfigurationError);
    expect(String(error)).toMatch(
      new RegExp(`: ${what} takes an object of options \\([a-zA-Z, ]+\\), not null`),
    );
  });
});

it('an option of workOn that has no meaning for suggest is refused there', async () => {
  const experiment = await open();
  await expect(experiment.suggest({ maxTrials: 3 } as never)).rejects.toThrow(
    "suggest has no option 'maxTrials'",
  );
});
