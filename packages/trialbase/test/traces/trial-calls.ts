import * as core from '@trialbase/core';
import {
  DocumentStorage,
  memoryRegistry,
  openMemory,
  type Result,
  setupStorage,
  type Trial,
} from '@trialbase/core';
import { localTrial, newTrial, withId } from './arguments.js';
import type { Call } from './calls.js';
import type { LocalTrial } from './session.js';
import { decode, type Fields } from './trace.js';

/** What Orion's trials have for properties: the fields of the record, or functions of it. */
const properties: Readonly<Record<string, (trial: LocalTrial) => unknown>> = {
  id: core.trialId,
  hash_name: core.trialId,
  params: core.paramValues,
  objective: (trial) => core.objective(trial) ?? null,
  gradient: (trial) => core.gradient(trial) ?? null,
  lie: (trial) => core.lie(trial) ?? null,
  constraints: core.constraints,
  statistics: core.statistics,
  duration: (trial) => core.trialDuration(trial) / 1_000,
  execution_interval: (trial) => core.executionInterval(trial) ?? null,
  working_dir: core.trialWorkingDir,
  full_name: core.trialFullName,
  legacy_id: core.legacyTrialId,
};

const fields = new Set<string>([
  '_id',
  'experiment',
  'status',
  'worker',
  'submit_time',
  'start_time',
  'end_time',
  'heartbeat',
  'results',
  'parent',
  'exp_working_dir',
]);

/** Why a step has no counterpart here; `undefined` where it has one. */
export function noCounterpart(op: string, args: Fields): string | undefined {
  const attr = String(args['attr']);
  if (op === 'db') return 'calls on Orion’s own database class';
  if (op === 'trial.set' && !fields.has(attr))
    return 'setting what is no field of a record: its type is readonly and knows no such field';
  if (op === 'trial.get' && !fields.has(attr) && !(attr in properties))
    return 'reading what is no field of a record';
  return undefined;
}

export const trialCalls: Readonly<Record<string, Call>> = {
  'trial.new': async (session, args) => {
    const trial = newTrial(session, (args['trial'] as { $newTrial: Fields }).$newTrial);
    await register(trial);
    return withId(trial);
  },
  'trial.get': async (session, args) => {
    const trial = localTrial(session, args['trial']);
    const attr = String(args['attr']);
    const property = properties[attr];
    return property ? property(trial) : trial[attr as keyof Trial];
  },
  // A record is checked when it is written, and its results whole when it is completed: so here it is written, to a
  // storage of its own.
  'trial.set': async (session, args) => {
    const trial = localTrial(session, args['trial']);
    const value = decode(args['value']);
    if (args['attr'] === 'results') await push(value as Result[]);
    else await register({ experiment: 1, params: [], [String(args['attr'])]: value });
    Object.assign(trial, { [String(args['attr'])]: value });
    return null;
  },
  'trial.to_dict': async (session, args) => localTrial(session, args['trial']),
  'trial.equals': async (session, args) =>
    core.sameTrial(localTrial(session, args['trial']), localTrial(session, args['other'])),

  list: async (session, args) => {
    const { $var } = args['list'] as { $var: string };
    return (session.variables.get($var) as unknown[])[Number(args['index'])];
  },
  'config.heartbeat': async (session, args) => {
    session.setHeartbeat(Number(Object.values(args).find((value) => typeof value === 'number')));
    return null;
  },
  'clock.advance': async (session, args) => {
    session.advance(Number(decode(args['seconds'])));
    return null;
  },

  setup_storage: async (_session, args) => {
    const { storage: config, debug } = decode(args) as { storage?: Fields; debug?: boolean };
    const before = structuredClone(config);
    const storage = await setupStorage(config, debug === undefined ? {} : { debug });
    if (JSON.stringify(config) !== JSON.stringify(before)) throw new Error('the configuration was changed');
    await storage.close();
    return 'a storage';
  },
  'storage_factory.create': async (_session, args) => {
    const { of_type: type, database, ...rest } = decode(args) as { of_type?: string; database?: Fields };
    const legacy = type?.toLowerCase() === 'legacy';
    const storage = await (legacy
      ? setupStorage({ type, ...(database && { database }), ...rest })
      : memoryRegistry.create(type as string, rest));
    await storage.close();
    return 'a storage';
  },
};

async function scratch(): Promise<DocumentStorage> {
  return new DocumentStorage(await openMemory());
}

async function register(trial: Partial<Trial>): Promise<void> {
  await (await scratch()).registerTrial({ experiment: 'none', params: [], ...trial });
}

async function push(results: readonly Result[]): Promise<void> {
  const storage = await scratch();
  await storage.registerTrial({ experiment: 1, params: [] });
  const trial = await storage.reserveTrial({ uid: 1 });
  if (trial) await storage.pushTrialResults({ ...trial, results }, { status: 'completed' });
}
