import type { LockedAlgorithmState } from '@trialbase/core';
import type { Collection } from '@trialbase/core/adapter';
import type { Session } from './session.js';
import { decode, type Fields } from './trace.js';

/** Of which collection the documents are that an operation lists. */
export function collectionOf(op: string): Collection {
  if (op === 'fetch_experiments') return 'experiments';
  return op === 'fetch_benchmark' ? 'benchmarks' : 'trials';
}

/** Brings what a call returned here into the shape of what Orion returned. */
export function inOrionsShape(session: Session, op: string, value: unknown): unknown {
  if (op === 'create_experiment' || op === 'create_benchmark' || op === 'push_trial_results') return 1;
  if (op === 'write_algorithm_lock') return 1;
  if (op === 'set_trial_status' || op === 'release_algorithm_lock' || op === 'initialize_algorithm_lock')
    return null;
  if (op === 'fetch_experiments' || op === 'fetch_benchmark')
    return documents(session, collectionOf(op), value);
  if (op === 'get_algorithm_lock_info')
    return value === undefined ? null : { $lock: lockFields(value as LockedAlgorithmState) };
  if (op === 'update_experiment' || op === 'update_heartbeat') return Number(value);
  if (op === 'setup_storage' || op === 'storage_factory.create') return { $storage: 'a storage' };
  return trials(session, value);
}

/** Orion's result, without the tags that only say of which class a value was. */
export function orionsResult(op: string, result: unknown): unknown {
  if (op === 'setup_storage' || op === 'storage_factory.create') return { $storage: 'a storage' };
  const { $lock } = (result ?? {}) as { $lock?: Fields };
  if ($lock) return { $lock: { ...(decode($lock) as Fields), locked: Boolean($lock['locked']) } };
  return decode(result);
}

function lockFields({ state, configuration, locked, heartbeat }: LockedAlgorithmState): Fields {
  return { state, configuration, locked, heartbeat };
}

function documents({ ids }: Session, collection: Collection, value: unknown): unknown {
  return (value as Fields[]).map((document) => ids.inDocument(collection, document));
}

function trials(session: Session, value: unknown): unknown {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map((element) => trials(session, element));
  const isTrial = typeof value === 'object' && value !== null && 'params' in value && 'results' in value;
  return isTrial ? session.ids.inDocument('trials', value) : session.ids.orionsHash(value);
}
