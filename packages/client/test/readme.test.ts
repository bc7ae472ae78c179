import { readFile } from 'node:fs/promises';
import * as core from '@trialbase/core';
import { expect, it } from 'vitest';
import * as client from '../src/index.js';
import * as testing from '../src/testing/index.js';

const AsyncFunction = (async () => {}).constructor as new (
  ...source: string[]
) => (...given: unknown[]) => Promise<unknown>;

/** The examples of the README as one program: imports become the names given, and `gives` is what it returns. */
async function program(gives: string): Promise<(names: object) => Promise<unknown>> {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const code = [...readme.matchAll(/```ts\n([^]*?)```/g)].map(([, block]) => block).join('\n');
  const body =
    `${code.replace(/^import (\{.*\}) from .*$/gm, 'const $1 = given;')}\nreturn ${gives};`.replaceAll(
      /^const \{ /gm,
      'var { ',
    );
  const run = new AsyncFunction('given', 'train', 'report', body);
  return (names) => run(names, neverDone, () => {});
}

function neverDone(_: unknown, signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
}

it('has examples that run and give what it says', async () => {
  const run = await program(
    '{ summary, best, reason, experiment, name, again, asked, wider, early, chosen, begun }',
  );
  const { summary, best, reason, experiment, name, again, asked, wider, early, chosen, begun } = (await run({
    ...core,
    ...client,
    ...testing,
  })) as {
    summary: client.WorkSummary;
    best: core.Trial;
    reason: string;
    chosen: client.ExperimentClient;
    begun: readonly testing.Begun[];
    experiment: client.ExperimentClient;
    name: string;
    again: client.WorkSummary;
    asked: client.ExperimentClient;
    wider: client.ExperimentClient;
    early: client.ExperimentClient;
  };
  expect(summary).toEqual({ completed: 20, broken: 0, reason: 'max-trials' });
  expect(reason).toBe('aborted');
  expect(begun.map(({ trial }) => trial.status)).toEqual(Array(100).fill('completed'));
  expect(await readFile(new URL('../README.md', import.meta.url), 'utf8')).toContain(
    `// '${chosen.algorithm.reason}'`,
  );
  expect(Object.keys(experiment.params(best))).toEqual(['act', 'layers', 'lr']);
  const trials = await experiment.trials();
  const objectives = trials.slice(0, 20).map(({ results }) => results[0]?.value as number);
  expect(best.results[0]?.value).toBe(Math.min(...objectives));
  expect(again).toEqual({ completed: 1, broken: 0, reason: 'max-trials' });
  expect(trials[20]).toMatchObject({ worker: name, status: 'completed' });
  expect(name).toMatch(/^left-./);
  expect((await asked.stats()).counts).toMatchObject({ completed: 3, reserved: 0 });
  expect((await wider.trials()).map(({ status }) => status)).toEqual(Array(3).fill('completed'));
  const stopped = (await early.trials()).map((trial) => client.reportsOf(trial).length);
  expect((await early.stats()).counts).toMatchObject({ completed: 30, broken: 0 });
  expect(stopped.slice(10).every((epochs) => epochs >= 3 && epochs <= 20)).toBe(true);
});

it('has a table of priors that are what the functions write', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const rows = [...readme.matchAll(/^\| `([a-z]+\(.*?\))` \| `(.*?)` \|/gm)];
  expect(rows.length).toBeGreaterThan(5);
  for (const [, call, prior] of rows) {
    const run = new AsyncFunction(
      'given',
      `var { real, normal, integer, categorical, fidelity } = given; return ${call};`,
    );
    expect(client.priorString((await run(client)) as client.Dimension)).toBe(prior);
  }
});
