import type { Id } from '../document.js';
import { describe, InvalidDocumentError } from '../errors.js';
import { digest } from '../values/digest.js';
import { pythonNumber, pythonStr } from '../values/python-repr.js';
import type { Param, Result } from './trial.js';

/** What the ids of a trial depend on. */
export interface HashedTrial {
  readonly experiment?: Id | null;
  readonly params?: readonly Param[];
  readonly results?: readonly Result[];
  readonly parent?: Id | null;
}

/** What to leave out of a {@link trialHash}. */
export interface TrialHashOptions {
  /** Leaves out the params of type `fidelity`. Default: false. */
  readonly ignoreFidelity?: boolean;
  /** Leaves out the experiment's `_id`. Default: false. */
  readonly ignoreExperiment?: boolean;
  /** Leaves out the first result of type `lie`. Default: false. */
  readonly ignoreLie?: boolean;
  /** Leaves out the parent. Default: false. */
  readonly ignoreParent?: boolean;
}

/** Half of a surrogate pair has no UTF-8. */
const LONE_SURROGATE = /\p{Cs}/u;

/**
 * The md5, in hex, of the trial's text form, byte for byte that of Orion's `Trial.compute_trial_hash`: params,
 * experiment, lie and parent, one after another.
 *
 * @throws InvalidDocumentError if the trial has neither params nor an experiment, or holds a value that has no text form.
 */
export function trialHash(trial: HashedTrial, options: TrialHashOptions = {}): string {
  const text = hashedText(trial, options);
  if (LONE_SURROGATE.test(text)) {
    throw new InvalidDocumentError(
      `The trial ${describe(text)} has no id: it holds half of a surrogate pair`,
    );
  }
  return digest(text);
}

/** The `id` of a trial: the hash of its params, lie and parent, whatever its experiment. @throws as {@link trialHash}. */
export function trialId(trial: HashedTrial): string {
  return trialHash(trial, { ignoreExperiment: true });
}

function hashedText(trial: HashedTrial, options: TrialHashOptions): string {
  const { experiment, params = [], results = [], parent } = trial;
  if (params.length === 0 && !experiment) {
    throw new InvalidDocumentError(
      'A trial without params and without an experiment has no id: set one of them',
    );
  }
  const counted = options.ignoreFidelity ? params.filter(({ type }) => type !== 'fidelity') : params;
  let text = paramsText(counted);
  if (!options.ignoreExperiment) text += idText(experiment);
  if (!options.ignoreLie) text += lieText(results);
  if (!options.ignoreParent) text += idText(parent);
  return text;
}

/** The params as Orion writes them: `/lr:0.001,/layers:3`. A `real` is a float, in all others a whole number is an int. */
export function paramsText(params: readonly Param[], separator = ','): string {
  let text = '';
  for (const { name, type, value } of params) {
    if (text !== '') text += separator;
    text += `${name}:${paramText(type, value)}`;
  }
  return text;
}

function paramText(type: Param['type'], value: unknown): string {
  // An integer dimension knows no negative zero, though rounding makes one.
  if (type === 'integer' && value === 0) return '0';
  return pythonStr(value, type === 'real' ? 'float' : 'int');
}

/** A lie has no type that tells an int from a float, so a whole number is an int. */
function lieText(results: readonly Result[]): string {
  const lie = results.find(({ type }) => type === 'lie');
  return lie ? `${lie.name}:${pythonStr(lie.value, 'int')}` : '';
}

function idText(id: Id | null | undefined): string {
  if (id === null || id === undefined) return '';
  return typeof id === 'number' ? pythonNumber(id, 'int') : id;
}
