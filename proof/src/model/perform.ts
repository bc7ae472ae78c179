import { errorCode, type Id, type StorageProtocol, type Trial } from '@trialbase/core';
import type { Call, NewTrialCall } from './call.js';
import type { Held, ModelTrial, Outcome } from './model.js';

const START = Date.UTC(2024, 0, 1);

/** The `_id` of the experiment that the model calls so: a text, as those that the storage makes, or a number. */
export function idOf(e: number): Id {
  return e === 3 ? e : String(e);
}

/** The time that the model calls so many seconds. */
export function timeOf(seconds: number): Date {
  return new Date(START + seconds * 1_000);
}

function secondsOf(time: Date | null): number | null {
  return time && (time.getTime() - START) / 1_000;
}

/** Makes a call of a storage, and tells what it came to as the model would. */
export async function perform(
  storage: StorageProtocol,
  call: Call,
  held: Held | undefined,
): Promise<Outcome> {
  try {
    return { value: await make(storage, call, held) };
  } catch (error) {
    const code = errorCode(error) ?? (error instanceof Thrown ? 'thrown' : undefined);
    if (code === undefined) throw error;
    return { error: code };
  }
}

class Thrown extends Error {}

async function make(storage: StorageProtocol, call: Call, held: Held | undefined): Promise<unknown> {
  switch (call.do) {
    case 'createExperiment': {
      const experiment = { _id: idOf(call.e), name: call.name, version: 1 };
      return (await storage.createExperiment(experiment, { algoLocked: call.locked })).name;
    }
    case 'renameExperiment':
      return storage.updateExperiment({ uid: idOf(call.e) }, { name: call.name });
    case 'deleteExperiment':
      return storage.deleteExperiment({ uid: idOf(call.e) });
    case 'registerTrial':
      return (await storage.registerTrial(newTrial(idOf(call.e), call.trial)))._id;
    case 'registerTrials': {
      const { registered } = await storage.registerTrials(
        call.trials.map((trial) => newTrial(idOf(call.e), trial)),
      );
      return registered.map(({ _id }) => _id);
    }
    case 'reserveTrial': {
      const trial = await storage.reserveTrial(
        { uid: idOf(call.e) },
        call.worker === undefined ? {} : { worker: call.worker },
      );
      return trial && asModel(trial);
    }
    case 'pushResults': {
      const results = [{ name: 'loss', type: 'objective', value: 1 }] as const;
      const options = call.complete ? ({ status: 'completed' } as const) : {};
      return asModel(await storage.pushTrialResults({ ...(await record(storage, held)), results }, options));
    }
    case 'setStatus': {
      const options = call.was ? { was: call.was } : {};
      const trial = { ...(await record(storage, held)), status: held?.status ?? 'new' };
      return asModel(await storage.setTrialStatus(trial, call.status, options));
    }
    case 'beat':
      return storage.updateHeartbeat(await record(storage, held));
    case 'updateTrials': {
      const changes = { ...(call.worker && { worker: call.worker }), ...(call.to && { status: call.to }) };
      return storage.updateTrials({ uid: idOf(call.e) }, changes, { where: { status: call.status } });
    }
    case 'deleteTrials':
      return storage.deleteTrials({ uid: idOf(call.e) }, { where: { status: call.status } });
    case 'fetchTrials': {
      const { skip, limit } = call;
      const found = await storage.fetchTrials(
        { uid: idOf(call.e) },
        { where: { status: call.status }, skip, limit },
      );
      return found.map(asModel);
    }
    case 'look':
      return look(storage, idOf(call.e));
    case 'initializeLock':
      return storage.initializeAlgorithmLock(idOf(call.e), {});
    case 'acquireLock':
      return acquire(storage, call);
    case 'releaseLock':
      return storage.releaseAlgorithmLock({ uid: idOf(call.e) }, call.state);
    case 'deleteLock':
      return storage.deleteAlgorithmLock({ uid: idOf(call.e) });
    case 'createBenchmark':
      return (await storage.createBenchmark({ name: call.name })).name;
    case 'deleteBenchmark':
      return storage.deleteBenchmark({ name: call.name });
    case 'reconnect':
      return undefined;
  }
}

async function acquire(storage: StorageProtocol, { e, state }: Extract<Call, { do: 'acquireLock' }>) {
  // A lock that is not there is waited for in vain; one that is there is to be had, however busy the machine is.
  const timeout = (await storage.getAlgorithmLockInfo({ uid: idOf(e) })) ? 30_000 : 5;
  return storage.acquireAlgorithmLock({ uid: idOf(e) }, { timeout }, (locked) => {
    const found = locked.state;
    locked.setState(state);
    if (state === 'throw') throw new Thrown();
    return found;
  });
}

function newTrial(experiment: Id, { _id, x, submitted }: NewTrialCall) {
  const submit_time = submitted === null ? null : timeOf(submitted);
  return { _id, experiment, submit_time, params: [{ name: '/x', type: 'integer', value: x } as const] };
}

/** The record that a worker would have in hand. Where nobody held anything yet, one of a trial that is not there. */
async function record(storage: StorageProtocol, held: Held | undefined) {
  const params = [{ name: '/x', type: 'integer', value: held?.x ?? -1 }];
  const [found] = await storage.fetchTrials({ uid: idOf(held?.experiment ?? 0) }, { where: { params } });
  const { id, experiment } = found ?? { id: 'none', experiment: idOf(held?.experiment ?? 0) };
  return { id, experiment, ...(held?.reservation != null && { reservation: held.reservation }) };
}

async function look(storage: StorageProtocol, uid: Id): Promise<unknown> {
  const ref = { uid };
  const idsOf = (trials: readonly Trial[]): unknown[] => trials.map(({ _id }) => _id);
  const lock = await storage.getAlgorithmLockInfo(ref);
  return {
    pending: idsOf(await storage.fetchPendingTrials(ref)),
    noncompleted: idsOf(await storage.fetchNoncompletedTrials(ref)),
    lost: idsOf(await storage.fetchLostTrials(ref)),
    completed: await storage.countCompletedTrials(ref),
    broken: await storage.countBrokenTrials(ref),
    lock: lock && { locked: lock.locked, state: lock.state, heartbeat: secondsOf(lock.heartbeat) },
  };
}

/** A stored trial as the model has it. */
export function asModel(trial: Trial): ModelTrial {
  return {
    _id: String(trial._id),
    experiment: Number(trial.experiment),
    x: Number(trial.params[0]?.value),
    status: trial.status,
    worker: trial.worker,
    submit_time: secondsOf(trial.submit_time),
    start_time: secondsOf(trial.start_time),
    end_time: secondsOf(trial.end_time),
    heartbeat: secondsOf(trial.heartbeat),
    results: trial.results.length,
    reservation: trial.reservation ?? null,
  };
}
