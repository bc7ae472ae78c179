import type { Id } from './document.js';
import { checkOptions } from './option-checks.js';
import { and, type Condition, equal } from './query/condition.js';
import { parseQuery } from './query/parse.js';
import { getTrialUidAndExperiment, getUid } from './refs.js';
import type { ExperimentRef, HeldTrial, Query, TrialRef, WhereOptions } from './storage-protocol.js';

/** All trials of an experiment. */
export function trialsOf(experiment: Id): Condition {
  return equal('experiment', experiment);
}

/** The trials of an experiment that meet a caller's query and the other conditions too. */
export function trialsWhere(
  ref: ExperimentRef,
  where: Query | undefined,
  ...conditions: readonly Condition[]
): Condition {
  const asked = where === undefined ? [] : [parseWhere(where, ['experiment'])];
  return and(trialsOf(getUid(ref)), ...conditions, ...asked);
}

/** The one trial that a reference names, if it meets the other conditions too. */
export function trialOf(ref: TrialRef, ...conditions: readonly Condition[]): Condition {
  const { uid, experimentUid } = getTrialUidAndExperiment(ref);
  return and(trialsOf(experimentUid), equal('id', uid), ...conditions);
}

/** The trial while it is reserved; by the very reservation that the record carries, where it carries one. */
export function heldBy(trial: HeldTrial): Condition {
  const held = trialOf(trial, equal('status', 'reserved'));
  return trial.reservation === undefined ? held : and(held, equal('reservation', trial.reservation));
}

/** A caller's query, out of the options of a call, without the fields that the reference beside it decides. */
export function whereOf(call: string, options: WhereOptions, decided: readonly string[]): Condition {
  return parseWhere(checkOptions(call, options, ['where']).where, decided);
}

/** A caller's query without the fields that the reference beside it decides. */
function parseWhere(where: Query | undefined, decided: readonly string[]): Condition {
  if (typeof where !== 'object' || where === null) return parseQuery(where);
  if (!decided.some((field) => Object.hasOwn(where, field))) return parseQuery(where);
  return parseQuery(Object.fromEntries(Object.entries(where).filter(([field]) => !decided.includes(field))));
}
