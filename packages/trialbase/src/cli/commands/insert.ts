import { type Dimension, readSpace, type Space, toParams } from '@trialbase/client';
import { InvalidConfigurationError, type NewTrial } from '@trialbase/core';
import type { Command } from 'commander';
import { JSON_HELP, storeCommand } from '../configuration/command.js';
import { findExperiment, titleOf } from '../experiments/find.js';
import { type ExperimentOptions, versionOption } from '../experiments/options.js';
import { type PrintOptions, printValue } from '../output/print.js';
import { withStore } from '../store.js';

interface InsertOptions extends ExperimentOptions, PrintOptions {
  readonly objective?: string;
}

export function insertCommand(): Command {
  return storeCommand(
    'insert',
    'Add a point of your own to an experiment: to be evaluated next, or with what it gave.',
    [
      'trialbase insert -n digits lr=0.001 layers=3',
      'trialbase insert -n digits lr=0.001 layers=3 --objective 0.12',
    ],
    { 'Options:': ['name'] },
  )
    .argument('<param=value...>', 'a value for each parameter; one that has a default may be left out')
    .addOption(versionOption())
    .option('--objective <number>', 'what the point gave: it is stored as completed')
    .option('--json', `${JSON_HELP}: the trial`)
    .action((assignments: readonly string[], options: InsertOptions, command: Command) =>
      withStore(command, 'use', async ({ storage }) => {
        const experiment = await findExperiment(storage, options);
        const space = readSpace(experiment.space);
        const params = toParams(space, pointOf(space, assignments));
        const trial = await storage.registerTrial({
          experiment: experiment._id,
          params,
          submit_time: new Date(),
          ...completion(options.objective),
        });
        await printValue(trial, [`Inserted ${trial.id} into ${titleOf(experiment)}`], options);
      }),
    );
}

function completion(objective: string | undefined): Partial<NewTrial> {
  if (objective === undefined) return {};
  const value = objective.trim() === '' ? Number.NaN : Number(objective);
  if (Number.isNaN(value))
    throw new InvalidConfigurationError(`--objective must be a number, not '${objective}'`);
  const now = new Date();
  const results = [{ name: 'objective', type: 'objective', value }] as const;
  return { status: 'completed', results, start_time: now, end_time: now };
}

function pointOf(space: Space, assignments: readonly string[]): Record<string, unknown> {
  const given = new Map(assignments.map(assignment));
  const point: Record<string, unknown> = {};
  for (const { name, dimension } of space) {
    const text = given.get(name);
    given.delete(name);
    const value = text === undefined ? defaultOf(dimension) : valueOf(dimension, text);
    if (value === undefined && isConditional(dimension)) continue;
    if (value === undefined) throw new InvalidConfigurationError(`Give a value for '${name}': ${name}=...`);
    point[name] = value;
  }
  const [unknown] = given.keys();
  if (unknown === undefined) return point;
  const known = space.map(({ name }) => name).join(', ');
  throw new InvalidConfigurationError(`There is no parameter '${unknown}': the experiment has ${known}`);
}

/** Whether it may be absent: whether it has to be here, the other values tell. */
function isConditional(dimension: Dimension): boolean {
  return dimension.type !== 'fidelity' && dimension.when !== undefined;
}

function assignment(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at).replace(/^\//, ''), text.slice(at + 1)];
  throw new InvalidConfigurationError(`'${text}' gives no parameter a value: write name=value`);
}

function defaultOf(dimension: Dimension): unknown {
  return dimension.type === 'fidelity' ? dimension.high : dimension.default;
}

/** A category may look like a number, or be one: what is among the values counts. */
function valueOf(dimension: Dimension, text: string): unknown {
  const parsed = parsedOf(text);
  if (dimension.type !== 'categorical') return parsed;
  const isValue = (value: unknown): boolean =>
    dimension.values.some((each) => JSON.stringify(each) === JSON.stringify(value));
  return isValue(text) || (!isValue(parsed) && dimension.shape.length === 0) ? text : parsed;
}

function parsedOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const number = Number(text); // `.5` and `1e-3` are numbers to people.
    return text.trim() === '' || Number.isNaN(number) ? text : number;
  }
}
