import { type Param, type Result, type TrialStatus, trialId } from '@trialbase/core';
import type { Document } from '@trialbase/core/adapter';
import { CommandError } from '../exit-codes.js';
import { type Distribution, paramTypeOf, priorOf, readDistribution, toExternal } from './distributions.js';
import { directions, operations, SPACE_ATTRIBUTE, states } from './operations.js';

type Fields = Readonly<Record<string, unknown>>;

/** A study of Optuna, as far as it has been read. */
export class Study {
  readonly name: string;
  readonly trials: StudyTrial[] = [];
  readonly #id: number;
  readonly #isMaximized: boolean;
  readonly #attributes: Record<string, unknown> = {};

  /** @throws CommandError if it has several objectives. */
  constructor(id: number, name: string, given: unknown) {
    const [direction, ...more] = Array.isArray(given) ? (given as unknown[]) : [];
    if (more.length > 0)
      throw new CommandError(
        'misused',
        `The study '${name}' has ${more.length + 1} objectives, and an experiment has one`,
      );
    this.#id = id;
    this.name = name;
    this.#isMaximized = direction === directions.maximize;
  }

  setAttributes(attributes: unknown): void {
    Object.assign(this.#attributes, attributes);
  }

  /** The document of the experiment. What was maximized is negated: the smaller an objective, the better. */
  experiment(): Document {
    const { [SPACE_ATTRIBUTE]: space, ...attributes } = this.#attributes;
    const optuna = { user_attrs: attributes, direction: this.#isMaximized ? 'maximize' : 'minimize' };
    return {
      _id: this.#id,
      name: this.name,
      version: 1,
      space: space ?? this.#space(),
      algorithm: { random: { seed: null } },
      metadata: { datetime: this.trials[0]?.start ?? new Date(), optuna },
      refers: { root_id: this.#id, parent_id: null, adapter: [] },
    };
  }

  *documents(): Generator<Document> {
    const keys = new Map(
      Object.keys(Object(this.#attributes[SPACE_ATTRIBUTE] ?? {})).map((key) => [
        key.replace(/^\//, ''),
        key,
      ]),
    );
    for (const [number, trial] of this.trials.entries()) {
      const fields = trial.fields(this.#isMaximized ? -1 : 1, (name) => keys.get(name) ?? `/${name}`);
      if (fields) yield { _id: number, experiment: this.#id, ...fields };
    }
  }

  #space(): Record<string, string> {
    const distributions = new Map<string, Map<string, Distribution>>();
    for (const trial of this.trials) {
      for (const [name, distribution] of trial.distributions) {
        const known = distributions.get(name) ?? new Map<string, Distribution>();
        known.set(JSON.stringify(distribution), distribution); // Most are the same.
        distributions.set(name, known);
      }
    }
    return Object.fromEntries(
      Array.from(distributions, ([name, known]) => [`/${name}`, priorOf([...known.values()])]),
    );
  }
}

/** A trial of Optuna, as far as it has been read. */
export class StudyTrial {
  state: number;
  start: Date | null;
  readonly distributions: Map<string, Distribution> = new Map();
  readonly #params = new Map<string, unknown>();
  readonly #reports = new Map<number, number>();
  readonly #userAttributes: Record<string, unknown> = {};
  readonly #systemAttributes: Record<string, unknown> = {};
  #value: unknown;
  #end: Date | null;

  constructor(template: Fields) {
    this.state = Number(template['state'] ?? states.running);
    this.start = dateOf(template['datetime_start']);
    this.#end = dateOf(template['datetime_complete']);
    this.#value = template['value'] ?? (template['values'] as unknown[] | null | undefined)?.[0];
    Object.assign(this.#userAttributes, template['user_attrs']);
    Object.assign(this.#systemAttributes, template['system_attrs']);
    const distributions = Object(template['distributions'] ?? {}) as Fields;
    for (const [name, internal] of Object.entries(Object(template['params'] ?? {}) as Fields))
      this.#setParam(name, internal, distributions[name]);
    for (const [step, value] of Object.entries(Object(template['intermediate_values'] ?? {}) as Fields))
      this.#reports.set(Number(step), Number(value));
  }

  /** Carries out an operation on it. */
  change(operation: Fields): void {
    const { op_code: code } = operation;
    if (code === operations.setTrialParam)
      this.#setParam(
        String(operation['param_name']),
        operation['param_value_internal'],
        operation['distribution'],
      );
    else if (code === operations.setTrialIntermediateValue)
      this.#reports.set(Number(operation['step']), Number(operation['intermediate_value']));
    else if (code === operations.setTrialUserAttribute)
      Object.assign(this.#userAttributes, operation['user_attr']);
    else if (code === operations.setTrialSystemAttribute)
      Object.assign(this.#systemAttributes, operation['system_attr']);
    else this.#setState(operation);
  }

  /**
   * The fields of its document; `undefined` for one that was enqueued without values of its own, which is no point yet.
   *
   * @param sign -1 where the study is maximized.
   * @param keyOf the name of a param in documents.
   */
  fields(sign: 1 | -1, keyOf: (name: string) => string): Fields | undefined {
    const params = this.#paramsAs(keyOf);
    if (params.length === 0) return undefined;
    const results = this.#results(sign);
    const status = this.#status(results);
    const [start_time, end_time] = [this.start, this.#end];
    return {
      id: trialId({ params }),
      status,
      params,
      results,
      submit_time: start_time,
      start_time,
      end_time,
      heartbeat: end_time ?? start_time,
    };
  }

  #setParam(name: string, internal: unknown, text: unknown): void {
    const distribution = readDistribution(text);
    this.distributions.set(name, distribution);
    this.#params.set(name, toExternal(distribution, Number(internal)));
  }

  #setState(operation: Fields): void {
    this.state = Number(operation['state']);
    if (this.state === states.running) this.start = dateOf(operation['datetime_start']) ?? this.start;
    this.#end = dateOf(operation['datetime_complete']) ?? this.#end;
    this.#value = (operation['values'] as unknown[] | null | undefined)?.[0] ?? this.#value;
  }

  #paramsAs(keyOf: (name: string) => string): Param[] {
    const fixed = Object(this.#systemAttributes['fixed_params'] ?? {}) as Fields;
    const values = this.state === states.waiting ? new Map(Object.entries(fixed)) : this.#params;
    const params = Array.from(values, ([name, value]): Param => {
      const distribution = this.distributions.get(name);
      return {
        name: keyOf(name),
        type: distribution ? paramTypeOf(distribution) : guessedType(value),
        value,
      };
    });
    return params.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** A trial that was pruned counts with the last that it reported. */
  #results(sign: 1 | -1): Result[] {
    const reports = [...this.#reports].toSorted(([a], [b]) => a - b);
    const last = reports.at(-1)?.[1];
    const value = Number(this.#value ?? (this.state === states.pruned ? (last ?? Number.NaN) : Number.NaN));
    const results: Result[] = Number.isNaN(value)
      ? []
      : [{ name: 'objective', type: 'objective', value: sign * value }];
    const { constraints } = this.#systemAttributes;
    if (Array.isArray(constraints))
      constraints.forEach((each: unknown, i) =>
        results.push({ name: `constraint${i}`, type: 'constraint', value: each }),
      );
    for (const [name, each] of Object.entries(this.#userAttributes))
      if (!name.startsWith('trialbase:')) results.push({ name, type: 'statistic', value: each });
    if (reports.length > 0)
      results.push({
        name: 'reports',
        type: 'statistic',
        value: reports.map(([step, each]) => [step, sign * each]),
      });
    return results;
  }

  /** Nobody here holds a trial that runs there: it waits for another worker. */
  #status(results: readonly Result[]): TrialStatus {
    if (this.state === states.waiting) return 'new';
    if (this.state === states.running) return 'interrupted';
    return this.state !== states.fail && results[0]?.type === 'objective' ? 'completed' : 'broken';
  }
}

function guessedType(value: unknown): Param['type'] {
  if (typeof value !== 'number') return 'categorical';
  return Number.isInteger(value) ? 'integer' : 'real';
}

function dateOf(text: unknown): Date | null {
  const date = new Date(typeof text === 'string' ? text : Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}
