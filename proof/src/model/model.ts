import type { Call, NewTrialCall, Status } from './call.js';

/** A trial as the model keeps it. */
export interface ModelTrial {
  readonly _id: string;
  readonly experiment: number;
  readonly x: number;
  status: Status;
  worker: string | null;
  submit_time: number | null;
  start_time: number | null;
  end_time: number | null;
  heartbeat: number | null;
  results: number;
  reservation: string | null;
}

/** A trial as somebody once got it: the right to write to it may be gone. */
export type Held = Pick<ModelTrial, 'experiment' | 'x' | 'status' | 'reservation'>;

interface Lock {
  locked: boolean;
  state: number | null;
  heartbeat: number;
}

/** What a call comes to: a value, or the code of an error. */
export type Outcome = { readonly value: unknown } | { readonly error: string };

/** What the calls need besides their arguments: what time it is, and the id that the storage made last. */
export interface Moment {
  readonly now: number;
  readonly lastId: string;
}

const pending: ReadonlySet<Status> = new Set(['new', 'suspended', 'interrupted']);

/** The protocol in arrays and loops: what a storage is held against. */
export class Model {
  experiments: { _id: number; name: string }[] = [];
  trials: ModelTrial[] = [];
  locks: Record<number, Lock> = {};
  benchmarks: string[] = [];

  call(call: Call, held: Held | undefined, { now, lastId }: Moment): Outcome {
    switch (call.do) {
      case 'createExperiment':
        if (
          this.experiments.some(({ _id, name }) => _id === call.e || name === call.name) ||
          this.locks[call.e]
        )
          return { error: 'duplicate-key' };
        this.experiments.push({ _id: call.e, name: call.name });
        this.locks[call.e] = { locked: call.locked, state: null, heartbeat: now };
        return { value: call.name };
      case 'renameExperiment': {
        const renamed = this.experiments.find(({ _id }) => _id === call.e);
        if (!renamed) return { value: false };
        if (this.experiments.some(({ _id, name }) => _id !== call.e && name === call.name))
          return { error: 'duplicate-key' };
        renamed.name = call.name;
        return { value: true };
      }
      case 'deleteExperiment': {
        const before = this.experiments.length;
        this.experiments = this.experiments.filter(({ _id }) => _id !== call.e);
        this.trials = this.trials.filter(({ experiment }) => experiment !== call.e);
        delete this.locks[call.e];
        return { value: before - this.experiments.length };
      }
      case 'registerTrial':
        return this.#register(call.e, call.trial) ? { value: call.trial._id } : { error: 'duplicate-key' };
      case 'registerTrials':
        return { value: call.trials.filter((trial) => this.#register(call.e, trial)).map(({ _id }) => _id) };
      case 'reserveTrial': {
        const own = this.#of(call.e).find(
          ({ status, worker }) => status === 'reserved' && worker === call.worker,
        );
        const trial = own ?? this.#of(call.e).find(({ status }) => pending.has(status));
        if (!trial) return { value: undefined };
        if (!own) Object.assign(trial, { start_time: now, worker: call.worker ?? null });
        Object.assign(trial, { status: 'reserved', heartbeat: now, reservation: lastId });
        return { value: { ...trial } };
      }
      case 'pushResults': {
        const trial = this.#standing(held, 'reserved');
        if (!trial) return { error: 'failed-update' };
        Object.assign(trial, { results: 1, end_time: now }, call.complete && { status: 'completed' });
        return { value: { ...trial } };
      }
      case 'setStatus': {
        const trial = this.#standing(held, call.was ?? held?.status);
        if (!trial) return { error: 'failed-update' };
        Object.assign(trial, { status: call.status, heartbeat: now });
        if (call.status === 'reserved') Object.assign(trial, { worker: null, reservation: lastId });
        return { value: { ...trial } };
      }
      case 'beat': {
        const trial = this.#standing(held, 'reserved');
        if (trial) trial.heartbeat = now;
        return { value: trial !== undefined };
      }
      case 'updateTrials': {
        const changed = this.#of(call.e, call.status);
        for (const trial of changed) {
          if (call.to) trial.status = call.to;
          if (call.to === 'reserved') Object.assign(trial, { worker: null, reservation: lastId });
          if (call.worker) trial.worker = call.worker;
        }
        return { value: changed.length };
      }
      case 'deleteTrials': {
        const gone = this.#of(call.e, call.status);
        this.trials = this.trials.filter((trial) => !gone.includes(trial));
        return { value: gone.length };
      }
      case 'fetchTrials': {
        const found = bySubmitTime(this.#of(call.e, call.status));
        return { value: structuredClone(found.slice(call.skip, call.skip + call.limit)) };
      }
      case 'look':
        return { value: this.#look(call.e, now) };
      case 'initializeLock':
        if (this.locks[call.e]) return { error: 'duplicate-key' };
        this.locks[call.e] = { locked: false, state: null, heartbeat: now };
        return { value: undefined };
      case 'acquireLock': {
        const lock = this.locks[call.e];
        if (!lock) return { error: 'lock-timeout' };
        const found = lock.state;
        Object.assign(
          lock,
          { locked: false, heartbeat: now },
          call.state !== 'throw' && { state: call.state },
        );
        return call.state === 'throw' ? { error: 'thrown' } : { value: found };
      }
      case 'releaseLock': {
        const lock = this.locks[call.e];
        if (!lock?.locked) return { value: false };
        Object.assign(
          lock,
          { locked: false, heartbeat: now },
          call.state !== undefined && { state: call.state },
        );
        return { value: true };
      }
      case 'deleteLock': {
        const was = this.locks[call.e] !== undefined;
        delete this.locks[call.e];
        return { value: Number(was) };
      }
      case 'createBenchmark':
        if (this.benchmarks.includes(call.name)) return { error: 'duplicate-key' };
        this.benchmarks.push(call.name);
        return { value: call.name };
      case 'deleteBenchmark': {
        const before = this.benchmarks.length;
        this.benchmarks = this.benchmarks.filter((name) => name !== call.name);
        return { value: before - this.benchmarks.length };
      }
      case 'reconnect':
        return { value: undefined };
    }
  }

  #register(experiment: number, { _id, x, submitted }: NewTrialCall): boolean {
    if (this.trials.some((trial) => trial._id === _id || (trial.experiment === experiment && trial.x === x)))
      return false;
    const nothing = { worker: null, start_time: null, end_time: null, heartbeat: null, reservation: null };
    this.trials.push({ _id, experiment, x, status: 'new', submit_time: submitted, results: 0, ...nothing });
    return true;
  }

  /** The trials of an experiment, in `_id` order. */
  #of(experiment: number, status?: Status): ModelTrial[] {
    return this.trials
      .filter((trial) => trial.experiment === experiment && (!status || trial.status === status))
      .sort((a, b) => (a._id < b._id ? -1 : 1));
  }

  /** The trial that somebody holds, if it still has that status and, where it is reserved, is reserved by the holder. */
  #standing(held: Held | undefined, status: Status | undefined): ModelTrial | undefined {
    const trial = held && this.#of(held.experiment).find(({ x }) => x === held.x);
    if (!trial || trial.status !== status) return undefined;
    const isOwn =
      status !== 'reserved' || held.reservation === null || held.reservation === trial.reservation;
    return isOwn ? trial : undefined;
  }

  #look(e: number, now: number): unknown {
    const trials = bySubmitTime(this.#of(e));
    const idsOf = (test: (trial: ModelTrial) => boolean): string[] =>
      trials.filter(test).map(({ _id }) => _id);
    return {
      pending: idsOf(({ status }) => pending.has(status)),
      noncompleted: idsOf(({ status }) => status !== 'completed'),
      lost: idsOf(
        ({ status, heartbeat }) => status === 'reserved' && heartbeat !== null && heartbeat <= now - 10,
      ),
      completed: trials.filter(({ status }) => status === 'completed').length,
      broken: trials.filter(({ status }) => status === 'broken').length,
      lock: this.locks[e] && { ...this.locks[e] },
    };
  }
}

export function bySubmitTime(trials: readonly ModelTrial[]): ModelTrial[] {
  return [...trials].sort(
    (a, b) => (a.submit_time ?? -1) - (b.submit_time ?? -1) || (a._id < b._id ? -1 : 1),
  );
}
