import { objectiveOf } from '@trialbase/client';
import type { Experiment, StorageProtocol, Trial } from '@trialbase/core';
import { streamTrials } from '../experiments/trial-stream.js';
import { toJson } from '../output/json.js';
import { csvLine } from './csv.js';

/** The trials as CSV: a line of titles, then a line a trial: its params by name, its objective, its other results by name. */
export async function* csvLines(storage: StorageProtocol, experiment: Experiment): AsyncGenerator<string> {
  const names = Object.keys(experiment.space ?? {});
  const others = await resultNames(storage, experiment);
  const titles = names.map((name) => name.replace(/^\//, ''));
  yield csvLine([
    'id',
    'status',
    'worker',
    'submit_time',
    'start_time',
    'end_time',
    ...titles,
    'objective',
    ...others,
  ]);
  for await (const trial of streamTrials(storage, experiment)) {
    const params = new Map(trial.params.map(({ name, value }) => [name, value]));
    const results = new Map(trial.results.filter(isOther).map(({ name, value }) => [name, value]));
    yield csvLine([
      trial.id,
      trial.status,
      trial.worker ?? '',
      ...[trial.submit_time, trial.start_time, trial.end_time].map((time) => time?.toISOString()),
      ...names.map((name) => cell(params.get(name))),
      cell(objectiveOf(trial.results)),
      ...others.map((name) => cell(results.get(name))),
    ]);
  }
}

/** Which results there are besides objectives: all trials are looked at, as a line needs to know its cells. */
async function resultNames(storage: StorageProtocol, experiment: Experiment): Promise<string[]> {
  const names = new Set<string>();
  for await (const { results } of streamTrials(storage, experiment, { selection: { results: 1 } }))
    for (const result of results) if (isOther(result)) names.add(result.name);
  return [...names];
}

function isOther({ type }: Trial['results'][number]): boolean {
  return type !== 'objective';
}

function cell(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : toJson(value);
}
