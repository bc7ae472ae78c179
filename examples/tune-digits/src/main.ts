/** The parent process: starts the workers, shows how the search goes on, and prints what came of it. */

import { setTimeout as sleep } from 'node:timers/promises';
import { openSearch, type Params } from 'digits';
import { type ErrorCode, type ExperimentClient, TrialbaseError } from 'trialbase';
import { Crew } from './crew.js';
import { type Options, readOptions } from './options.js';
import { plainReporter } from './plain.js';
import { Progress, type Snapshot } from './progress.js';
import type { Reporter } from './reporter.js';
import { printResults } from './results.js';
import { openStore } from './store.js';
import { isTerminal } from './terminal.js';
import { liveReporter } from './view.js';

/** Milliseconds between two looks at the store. */
const LOOK_EVERY = 200;

const FINISHED = 0;
const FAILED = 1;
const MISUSED = 2;
const INTERRUPTED = 130;

/** What options that make no sense, or a `--store` that cannot be one, end with. */
const MISUSES: readonly ErrorCode[] = ['invalid-configuration', 'storage-unavailable'];

const stopping = new AbortController();
process.on('SIGINT', () => stopping.abort()).on('SIGTERM', () => stopping.abort());

try {
  process.exitCode = await main(readOptions(process.argv.slice(2)), stopping.signal);
} catch (error) {
  if (!(error instanceof TrialbaseError)) throw error;
  console.error(error.message);
  process.exitCode = MISUSES.includes(error.code) ? MISUSED : FAILED;
}

async function main(options: Options, signal: AbortSignal): Promise<number> {
  await using storage = await openStore(options.store);
  const search = await openSearch(storage, options);
  const progress = new Progress(storage, search);
  let now = await progress.look();
  greet(options, now);
  if (!isOver(now, search)) now = await run(options, progress, createReporter(search), signal);
  if (!signal.aborted && now.completed > 0) await printResults(search, signal);
  return farewell(now, search, signal);
}

/** Lets workers evaluate trials until the search is over or is to stop. @returns how it stands then. */
async function run(
  options: Options,
  progress: Progress,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<Snapshot> {
  const crew = new Crew(options.workers, options.store, (event) => reporter.note(event));
  signal.addEventListener('abort', () => crew.stop());
  try {
    while (crew.size > 0) {
      reporter.show(await progress.look());
      await Promise.race([crew.done, sleep(LOOK_EVERY)]);
    }
    const now = await progress.look();
    reporter.show(now);
    const failure = await crew.done;
    if (failure) throw failure;
    return now;
  } finally {
    reporter.end();
    crew.stop();
  }
}

function createReporter(search: ExperimentClient<Params>): Reporter {
  return isTerminal ? liveReporter(search, process.stdout) : plainReporter(console.log);
}

function isOver({ completed, broken, maxTrials }: Snapshot, { record }: ExperimentClient<Params>): boolean {
  return completed >= maxTrials || broken >= (record.max_broken ?? Number.POSITIVE_INFINITY);
}

function greet({ workers, store, trials }: Options, { completed, maxTrials }: Snapshot): void {
  if (trials !== undefined && trials < maxTrials) {
    console.log(`The search in ${store} is for ${maxTrials} trials already; --trials only ever raises that.`);
  }
  if (completed >= maxTrials) {
    console.log(`The search in ${store} is finished: ${completed} trials.`);
    return;
  }
  const doing = completed > 0 ? `Going on after ${completed} of ${maxTrials}` : `Training ${maxTrials}`;
  console.log(
    `${doing} networks with ${workers} worker${workers === 1 ? '' : 's'}. The search is kept in ${store}`,
  );
}

function farewell(now: Snapshot, search: ExperimentClient<Params>, signal: AbortSignal): number {
  const { completed, broken, maxTrials } = now;
  if (signal.aborted) {
    console.log(
      `Stopped after ${completed} of ${maxTrials} trials. Nothing is lost: start it again to go on.`,
    );
    return INTERRUPTED;
  }
  if (completed >= maxTrials) {
    console.log(
      `To search on: npm start -- --trials ${Math.ceil(maxTrials * 1.5)}. To start over: npm start -- --fresh`,
    );
    return FINISHED;
  }
  const why = isOver(now, search) ? `${broken} trials broke` : 'no worker is left';
  console.error(`The search stopped after ${completed} of ${maxTrials} trials: ${why}.`);
  return FAILED;
}
