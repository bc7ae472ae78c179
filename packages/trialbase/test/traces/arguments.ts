import { type ExperimentRef, type Id, type Trial, type TrialRef, trialId } from '@trialbase/core';
import type { LocalTrial, Session } from './session.js';
import { decode, type Fields } from './trace.js';

/** What `args` say about which experiment is meant: a record, an id, or both. */
export function experimentRef({ ids }: Session, args: Fields): ExperimentRef {
  const { experiment, uid } = args as { experiment?: { $exp: unknown }; uid?: unknown };
  const record =
    experiment && experiment.$exp !== null ? { _id: ids.here('experiments', experiment.$exp) } : {};
  return { ...record, ...(uid === undefined ? {} : { uid: ids.here('experiments', uid) }) } as ExperimentRef;
}

export function experimentId(session: Session, args: Fields): Id {
  const ref = experimentRef(session, args) as { _id?: Id; uid?: Id };
  return ref.uid ?? ref._id ?? '';
}

export function trialRef(session: Session, args: Fields): TrialRef {
  const { uid, experiment_uid: experimentUid } = args;
  const { id, experiment } = args['trial'] === undefined ? {} : localTrial(session, args['trial']);
  const ref = {
    id,
    experiment,
    uid,
    experimentUid: experimentUid === undefined ? undefined : session.ids.here('experiments', experimentUid),
  };
  return Object.fromEntries(Object.entries(ref).filter(([, value]) => value !== undefined)) as never;
}

/** The local copy that `{ $var }` names, or the new one that `{ $newTrial }` describes. */
export function localTrial(session: Session, arg: unknown): LocalTrial {
  const { $var, $newTrial } = arg as { $var?: string; $newTrial?: Fields };
  if ($var !== undefined) return session.variables.get($var) as LocalTrial;
  return withId(newTrial(session, $newTrial ?? {}));
}

/** A trial as it is given to be registered: with nothing but what the recording gives. */
export function newTrial(session: Session, fields: Fields): Partial<Trial> {
  const trial = decode(fields) as Partial<Trial>;
  if (trial.experiment === undefined) return trial;
  return { ...trial, experiment: session.ids.here('experiments', trial.experiment) };
}

/** Orion's trials know their id from the start, and have a default for every field. */
export function withId(trial: Partial<Trial>): LocalTrial {
  const defaults = {
    status: 'new',
    worker: null,
    submit_time: null,
    start_time: null,
    end_time: null,
    heartbeat: null,
    results: [],
    params: [],
    parent: null,
    exp_working_dir: null,
  } as const;
  return { ...defaults, ...trial, id: trialId(trial) } as LocalTrial;
}

export function options(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The keyword arguments that are not named: the changes. */
export function changesOf(args: Fields, ...named: readonly string[]): Fields {
  return decode(Object.fromEntries(Object.entries(args).filter(([name]) => !named.includes(name)))) as Fields;
}
