import type { OpenDatabase } from '@trialbase/core';
import { and, type Condition, equal, type Update } from '@trialbase/core/adapter';
import { EXPERIMENT } from './verbs.js';

/** The same calls of the locks and of the database as the protocol makes for the algorithm lock, without it. */
export async function useLockOf(database: OpenDatabase, state: unknown): Promise<void> {
  const { locks } = database;
  if (!locks) throw new Error('There are no locks here');
  await locks.request('waist', {}, async () => {
    const { _id, token } = await change(database, equal('experiment', EXPERIMENT), [
      { path: ['heartbeat'], value: new Date() },
      { path: ['locked'], value: 1 },
      { path: ['token'], by: 1 },
    ]);
    await change(database, and(equal('_id', _id), equal('token', token)), [
      { path: ['heartbeat'], value: new Date() },
      { path: ['locked'], value: 0 },
      { path: ['state'], value: state },
    ]);
  });
}

async function change(database: OpenDatabase, where: Condition, changes: Update['changes']) {
  const [[changed]] = await database.write([
    { kind: 'update', collection: 'algo', where, changes, limit: 1 },
  ]);
  if (!changed) throw new Error('The lock is not there any more');
  return changed;
}
