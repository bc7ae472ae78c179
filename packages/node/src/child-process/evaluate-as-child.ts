import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { inspect } from 'node:util';
import type { Objective } from '@trialbase/client';
import type { Trial } from '@trialbase/core';
import { parseJson, stringifyJson } from './json.js';

/** The exit code of a process that SIGTERM ended. */
const TERMINATED = 143;

/** The fields of a trial that are times. */
const times = new Set(['submit_time', 'start_time', 'end_time', 'heartbeat']);

/**
 * The child's side of {@link Exchange}: evaluates the one trial that this process is there for, and ends it, whatever timers or
 * sockets the objective has left open.
 */
export async function evaluateAsChild<P>(objective: Objective<P>, env: NodeJS.ProcessEnv): Promise<void> {
  const { TRIALBASE_PARAMS, TRIALBASE_TRIAL, TRIALBASE_REPORTS, TRIALBASE_RESULTS, TRIALBASE_STOP } = env;
  const aborting = new AbortController();
  const { signal } = aborting;
  process.once('SIGTERM', () => aborting.abort());
  let last = 0;
  try {
    const output = await objective({
      params: parseJson(readFileSync(TRIALBASE_PARAMS ?? '', 'utf8')) as P,
      trial: readTrial(TRIALBASE_TRIAL ?? ''),
      signal,
      report: (value, { step = last + 1 } = {}) => {
        signal.throwIfAborted();
        last = step;
        appendFileSync(TRIALBASE_REPORTS ?? '', `${step} ${value}\n`);
      },
      shouldStop: () => Promise.resolve(existsSync(TRIALBASE_STOP ?? '')),
    });
    if (output !== undefined) writeFileSync(TRIALBASE_RESULTS ?? '', stringifyJson(output));
    process.exit(signal.aborted ? TERMINATED : undefined);
  } catch (error) {
    process.stderr.write(`${inspect(error)}\n`);
    process.exit(signal.aborted ? TERMINATED : 1);
  }
}

/** JSON has no times. */
function readTrial(file: string): Trial {
  const fields = Object.entries(parseJson(readFileSync(file, 'utf8')) as Trial);
  return Object.fromEntries(
    fields.map(([field, value]) => [
      field,
      times.has(field) && value !== null ? new Date(value as string) : value,
    ]),
  ) as Trial;
}
