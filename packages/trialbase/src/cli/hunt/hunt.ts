import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnyParams, ExperimentClient, WorkOptions, WorkSummary } from '@trialbase/client';
import type { Trial } from '@trialbase/core';
import { type ChildProcessOptions, inChildProcess } from '@trialbase/node';
import { titleOf } from '../experiments/find.js';
import type { Store } from '../store.js';
import type { Reporter } from './reporter.js';
import { Following } from './standing.js';
import type { CommandTemplate } from './template.js';

/** Milliseconds between two looks at how the search stands. */
const LOOK_EVERY = 200;

export interface HuntOptions {
  /** Where what programs print is kept, and where their directories are. */
  readonly outputDirectory: string;
  /** How the workers work. Of what trials come to, this tells. */
  readonly work: Omit<WorkOptions, 'onTrial' | 'onError'>;
  /** How the program runs. */
  readonly program: Omit<ChildProcessOptions, 'outputDirectory'>;
}

/** Evaluates trials by a program until the search has enough of them. */
export async function hunt(
  store: Store,
  search: ExperimentClient,
  template: CommandTemplate,
  reporter: Reporter,
  { outputDirectory, work, program }: HuntOptions,
): Promise<WorkSummary> {
  const following = new Following(store, search);
  const ended = new AbortController();
  const showing = [following.keepUp(ended.signal), keepShowing(following, reporter, ended.signal)];
  try {
    return await search.workOn(runProgram(search, template, { ...program, outputDirectory }), {
      ...work,
      onTrial: async (trial) => reporter.tell(trial, await following.look()),
      onError: (error, trial) => reporter.note(inWords(error, trial, outputDirectory)),
    });
  } finally {
    ended.abort();
    await Promise.all(showing);
    await show(following, reporter);
    reporter.end();
  }
}

function runProgram(
  search: ExperimentClient,
  template: CommandTemplate,
  options: ChildProcessOptions & { readonly outputDirectory: string },
): ReturnType<typeof inChildProcess> {
  return inChildProcess<AnyParams>(async ({ params, trial }, directory) => {
    const names = {
      trial: trial.id,
      experiment: search.record.name ?? titleOf(search.record),
      workingDirectory: () => {
        const path = resolve(join(options.outputDirectory, trial.id));
        mkdirSync(path, { recursive: true });
        return path;
      },
    };
    return template.wordsFor(params, directory, names);
  }, options);
}

async function keepShowing(following: Following, reporter: Reporter, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await show(following, reporter);
    await sleep(LOOK_EVERY, undefined, { signal }).catch(() => undefined);
  }
}

/** A store that fails, fails the work, too: that is the error to tell. */
async function show(following: Following, reporter: Reporter): Promise<void> {
  const standing = await following.look().catch(() => undefined);
  if (standing) reporter.show(standing);
}

function inWords(error: unknown, { id, status }: Trial, outputDirectory: string): string {
  const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return `Trial ${id} is ${status === 'reserved' ? 'lost' : status}: ${first} (${join(outputDirectory, `${id}.log`)})`;
}
