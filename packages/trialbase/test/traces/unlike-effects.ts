import type { Id, Trial } from '@trialbase/core';
import { experimentId, localTrial } from './arguments.js';
import { lines } from './lines.js';
import type { Difference, Replay } from './replay.js';
import { areSame } from './same.js';
import type { LocalTrial, Session } from './session.js';
import { show } from './show.js';
import type { Fields, Step } from './trace.js';

/** Called before a step; what it returns is called after it. */
type Watch = (replay: Replay, step: Step) => Promise<(outcome: Difference) => Promise<void> | void>;

/**
 * Calls that have Orion's outcome, but write something else. Each checks that what was written is what the design asks
 * for, notes the line, and writes what Orion wrote, so that the steps to come can be compared.
 */
const watches: Readonly<Record<string, Watch>> = {
  /** Orion's push writes every field of the local copy. */
  push_trial_results: async ({ session, report }, { args }) => {
    const local = localTrial(session, args['trial']);
    const before = await session.storedTrial(local);
    return async ({ here }) => {
      if (!('result' in here) || !before) return;
      const designed: Trial = { ...before, results: local.results, end_time: session.now };
      await expectStored(session, local, designed);
      const orions = { ...before, ...pushedByOrion(local) };
      const { end_time, ...others } = orions;
      if (!areSame({ ...others, end_time: designed.end_time }, designed)) report.lines.push(lines.push);
      if (!areSame(end_time, designed.end_time)) report.lines.push(lines.endTime);
      await session.overwrite('trials', before._id, pushedByOrion(local));
    };
  },

  /** Orion changes the local copy. Here its caller goes on with the record returned, so with its reservation. */
  set_trial_status: async ({ session }, { args }) => {
    const local = localTrial(session, args['trial']);
    return ({ orion, returned }) => {
      if (!('result' in orion)) return;
      const { reservation } = (returned ?? {}) as Partial<Trial>;
      Object.assign(local, { status: args['status'] }, reservation && { reservation });
    };
  },

  /** Orion keeps the name of the worker that had the trial before. */
  reserve_trial: async ({ session }) => {
    const workers = new Map((await session.all('trials')).map(({ _id, worker }) => [_id, worker]));
    return async ({ returned }) => {
      const trial = returned as LocalTrial | undefined;
      const worker = trial && workers.get(trial._id);
      if (!trial || worker === trial.worker) return;
      await session.overwrite('trials', trial._id, { worker });
      Object.assign(trial, { worker });
    };
  },

  /** Orion leaves the trials and the lock of a deleted experiment behind. */
  delete_experiment: async ({ session, report }, { args }) => {
    const id = experimentId(session, args);
    const own = ({ experiment }: Fields): boolean => experiment === id;
    const [trials, locks] = [
      (await session.all('trials')).filter(own),
      (await session.all('algo')).filter(own),
    ];
    return async ({ here }) => {
      if (here.result !== 1) return;
      if ([...(await session.all('trials')), ...(await session.all('algo'))].some(own))
        throw new Error('orphans were left');
      report.lines.push(lines.orphans);
      await session.putBack('trials', trials);
      await session.putBack('algo', locks);
    };
  },

  /** What Orion's index does not see, it does not refuse either. */
  update_experiment: async (replay, { args }) => {
    if ('name' in args || 'version' in args) replay.hasRightIndexes = false;
    return () => undefined;
  },
};

export async function watch(
  replay: Replay,
  step: Step,
): Promise<(outcome: Difference) => Promise<void> | void> {
  return (await watches[step.op]?.(replay, step)) ?? (() => undefined);
}

/** What Orion writes when a trial is pushed: every field of the local copy. */
export function pushedByOrion(local: LocalTrial): Fields {
  const kept = new Set(['_id', 'id', 'experiment', 'reservation']);
  return Object.fromEntries(Object.entries(local).filter(([field]) => !kept.has(field)));
}

async function expectStored(session: Session, local: LocalTrial, designed: Trial): Promise<void> {
  const stored = await session.storedTrial(local);
  if (!areSame(stored, designed)) throw new Error(`stored is ${show(stored)}, not ${show(designed)}`);
}

/** What Orion writes on leaving a lock: it frees whatever is locked, and saves what the holder has, unless that is None. */
export function leftByOrion(
  session: Session,
  name: string,
  raised: string | null,
  stored: Fields | undefined,
): Fields | undefined {
  const state = session.states.get(name);
  if (!state || !stored || stored['locked'] === 0) return undefined;
  const left = raised === null || raised === 'KeyboardInterrupt' ? state.current : state.found;
  return {
    _id: stored['_id'] as Id,
    locked: 0,
    heartbeat: session.now,
    state: left === null ? stored['state'] : left,
  };
}
