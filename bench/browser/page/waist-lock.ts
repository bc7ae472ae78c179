import type { OpenDatabase } from '@trialbase/core';
import { and, equal } from '@trialbase/core/adapter';
import { EXPERIMENT } from './verbs.js';

/** The same calls of the locks and of the database as the protocol makes for the algorithm lock, without it. */
export async function useLockOf(database: OpenDatabase, state: unknown): Promise<void> {
  const { locks } = database;
  if (!locks) throw new Error('There are no locks here');
  await locks.request('waist', {}, async () => {
    const [lock] = await database.find('algo', equal('experiment', EXPERIMENT), { limit: 1 });
    const taken = await change(database, lock?.['_id'], lock?.['token'], [
      { path: ['heartbeat'], value: new Date() },
      { path: ['locked'], value: 1 },
      { path: ['token'], value: Number(lock?.['token']) + 1 },
    ]);
    await change(database, taken['_id'], taken['token'], [
      { path: ['heartbeat'], value: new Date() },
      { path: ['locked'], value: 0 },
      { path: ['state'], value: state },
    ]);
  });
}

async function change(
  database: OpenDatabase,
  id: unknown,
  token: unknown,
  changes: readonly { readonly path: readonly string[]; readonly value: unknown }[],
) {
  const where = and(equal('_id', id), equal('token', token));
  const [[changed]] = await database.write([
    { kind: 'update', collection: 'algo', where, changes, limit: 1 },
  ]);
  if (!changed) throw new Error('The lock is not there any more');
  return changed;
}
