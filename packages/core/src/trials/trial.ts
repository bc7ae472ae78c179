import type { Id } from '../document.js';

/** The statuses of a trial, as Orion names them. */
export const trialStatuses = ['new', 'reserved', 'suspended', 'completed', 'interrupted', 'broken'] as const;
/** Where a trial stands between its registration and its end. */
export type TrialStatus = (typeof trialStatuses)[number];

/** The statuses of trials that wait for a worker. */
export const pendingStatuses: readonly TrialStatus[] = ['new', 'suspended', 'interrupted'];

/** The types of a hyperparameter, as Orion names them. */
export const paramTypes = ['integer', 'real', 'categorical', 'fidelity'] as const;
/** What kind of dimension a param is a value of. */
export type ParamType = (typeof paramTypes)[number];

/** The types of a result, as Orion names them. */
export const resultTypes = ['objective', 'constraint', 'gradient', 'statistic', 'lie'] as const;
/** What a result is to the search: what it minimizes is the `objective`, what must not exceed 0 a `constraint`. */
export type ResultType = (typeof resultTypes)[number];

/** One hyperparameter of a trial. */
export type Param = {
  /** By custom of Orion, the name of its dimension with a leading slash: `/lr`. */
  readonly name: string;
  readonly type: ParamType;
  readonly value: unknown;
};

/** One number, or array of numbers, that evaluating a trial gave. */
export type Result = {
  readonly name: string;
  readonly type: ResultType;
  /** Of an objective a number, not `NaN`; the smaller, the better. */
  readonly value: unknown;
};

/** One evaluation of an experiment's objective, at one point of its space. Fields as Orion stores them; all times UTC. */
export type Trial = {
  readonly _id: Id;
  /** The md5 of the trial's params, lie and parent: the same params have the same id, here and in Orion. */
  readonly id: string;
  /** The `_id` of the experiment. */
  readonly experiment: Id;
  readonly status: TrialStatus;
  /** Who evaluates it, or did last. */
  readonly worker: string | null;
  readonly submit_time: Date | null;
  /** When it was last reserved. */
  readonly start_time: Date | null;
  /** When its results were pushed. */
  readonly end_time: Date | null;
  /** The last sign of life of the worker that holds it. */
  readonly heartbeat: Date | null;
  readonly results: readonly Result[];
  readonly params: readonly Param[];
  /** The `id` of the trial it was derived from. */
  readonly parent: string | null;
  readonly exp_working_dir: string | null;
  /** Given anew with every reservation: the right to push results, to beat the heart and to end the reservation. */
  readonly reservation?: string;
};

/** A trial to register: its experiment and params; everything else has a default. */
export type NewTrial = Partial<Omit<Trial, 'experiment' | 'params'>> & Pick<Trial, 'experiment' | 'params'>;
