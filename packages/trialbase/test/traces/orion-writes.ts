import type { Id, Trial } from '@trialbase/core';
import { and, equal, everything } from '@trialbase/core/adapter';
import { experimentRef, localTrial, trialRef } from './arguments.js';
import { changes, isBadChange, resultsOf, worked } from './differing.js';
import type { Difference } from './replay.js';
import { decode, type Fields } from './trace.js';
import { pushedByOrion } from './unlike-effects.js';

/** What Orion wrote where the storage refused to: written past the storage, so that the replay can go on from Orion's store. */

/** A worker's call on its trial. */
export async function writeAsOrion(difference: Difference): Promise<void> {
  const { replay, step, orion } = difference;
  if (!worked(orion)) return;
  const { session } = replay;
  const local = localTrial(session, step.args['trial']);
  if (step.op === 'trial.set') {
    Object.assign(local, { results: resultsOf(difference) });
    return;
  }
  const stored = await session.storedTrial(local);
  if (!stored) return;
  const heartbeat = (decode(step.args['heartbeat']) as Date | undefined) ?? session.now;
  const written: Readonly<Record<string, Fields>> = {
    push_trial_results: pushedByOrion(local),
    set_trial_status: { status: step.args['status'], heartbeat },
    update_heartbeat: { heartbeat },
  };
  await session.overwrite('trials', stored._id, written[step.op] ?? {});
}

/** An update of one document or of many. */
export async function updateAsOrion(difference: Difference): Promise<void> {
  const { replay, step, orion } = difference;
  if (!worked(orion) || !step.op.startsWith('update_')) return;
  const { session } = replay;
  const set = Object.entries(changes(difference)).map(([field, value]) => ({ path: [field], value }));
  if (step.op === 'update_experiment') {
    await session.database.write([
      { kind: 'update', collection: 'experiments', where: everything, changes: set },
    ]);
    return;
  }
  if (isBadChange(difference)) replay.isPoisoned = true;
  const ref = step.op === 'update_trial' ? trialRef(session, step.args) : experimentRef(session, step.args);
  const { id, experiment, uid, experimentUid, _id } = ref as Partial<Trial> & {
    uid?: Id;
    experimentUid?: Id;
  };
  const one = and(equal('experiment', experiment ?? experimentUid), equal('id', id ?? uid));
  const where = step.op === 'update_trial' ? one : equal('experiment', _id ?? uid);
  await session.database.write([{ kind: 'update', collection: 'trials', where, changes: set }]);
}

/** A document that Orion has and the storage cannot have. */
export function haunt({ replay, step, orion }: Difference): void {
  const { parting } = replay;
  if (step.op === 'register_trial') return parting.haunt('trials', (orion.result as Fields)['_id']);
  const { _id } = (step.args_after?.['config'] ?? step.args['config']) as Fields;
  if (step.op === 'create_benchmark') return parting.haunt('benchmarks', _id);
  parting.haunt('experiments', _id);
  parting.haunt('algo', _id);
}
