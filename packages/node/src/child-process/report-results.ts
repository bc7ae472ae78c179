import { renameSync, writeFileSync } from 'node:fs';
import type { Output } from '@trialbase/client';
import { describe, InvalidResultError } from '@trialbase/core';
import { stringifyJson } from './json.js';

/**
 * Reports what a program computed to whoever runs it: `trialbase hunt`, or {@link inChildProcess}. It is what an objective would
 * return: a number, the smaller the better, or `{ objective, constraints, statistics }`. The last report counts.
 *
 * @returns whether there was somebody to report to: run by hand, the program does the same and reports nothing.
 * @throws InvalidResultError if the objective is not a number.
 */
export function reportResults(output: Output): boolean {
  const path = process.env['TRIALBASE_RESULTS'];
  check(output);
  if (path === undefined) return false;
  // Whole or not at all: the program may be killed while it writes.
  writeFileSync(`${path}.partial`, stringifyJson(output));
  renameSync(`${path}.partial`, path);
  return true;
}

function check(output: unknown): void {
  if (Array.isArray(output)) return;
  const objective =
    typeof output === 'object' && output !== null ? (output as { objective?: unknown }).objective : output;
  if (typeof objective === 'number' && !Number.isNaN(objective)) return;
  throw new InvalidResultError(`The objective must be a number and not NaN; it was ${describe(objective)}`);
}
