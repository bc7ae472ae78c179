import * as fc from 'fast-check';

/** One call of the protocol, as data: the same is made of a storage and of the model. Numbers name things: experiment 1, the trial whose param is 3. */
export type Call =
  | { readonly do: 'createExperiment'; readonly e: number; readonly name: string; readonly locked: boolean }
  | { readonly do: 'renameExperiment'; readonly e: number; readonly name: string }
  | { readonly do: 'deleteExperiment'; readonly e: number }
  | { readonly do: 'registerTrials'; readonly e: number; readonly trials: readonly NewTrialCall[] }
  | { readonly do: 'registerTrial'; readonly e: number; readonly trial: NewTrialCall }
  | { readonly do: 'reserveTrial'; readonly e: number; readonly worker: string | undefined }
  | { readonly do: 'pushResults'; readonly held: number; readonly complete: boolean }
  | {
      readonly do: 'setStatus';
      readonly held: number;
      readonly status: Status;
      readonly was: Status | undefined;
    }
  | { readonly do: 'beat'; readonly held: number }
  | {
      readonly do: 'updateTrials';
      readonly e: number;
      readonly worker: string | undefined;
      readonly to: Status | undefined;
      readonly status: Status;
    }
  | { readonly do: 'deleteTrials'; readonly e: number; readonly status: Status }
  | {
      readonly do: 'fetchTrials';
      readonly e: number;
      readonly status: Status;
      readonly skip: number;
      readonly limit: number;
    }
  | { readonly do: 'look'; readonly e: number }
  | { readonly do: 'initializeLock'; readonly e: number }
  | { readonly do: 'acquireLock'; readonly e: number; readonly state: number | 'throw' }
  | { readonly do: 'releaseLock'; readonly e: number; readonly state: number | undefined }
  | { readonly do: 'deleteLock'; readonly e: number }
  | { readonly do: 'createBenchmark'; readonly name: string }
  | { readonly do: 'deleteBenchmark'; readonly name: string }
  | { readonly do: 'reconnect' };

export type Status = 'new' | 'reserved' | 'suspended' | 'completed' | 'interrupted' | 'broken';

export interface NewTrialCall {
  readonly _id: string;
  readonly x: number;
  /** Seconds. */
  readonly submitted: number | null;
}

const e = fc.integer({ min: 1, max: 3 });
const held = fc.nat({ max: 30 });
const name = fc.constantFrom('a', 'b');
const worker = fc.constantFrom('w', 'v');
const status: fc.Arbitrary<Status> = fc.constantFrom(
  'new',
  'reserved',
  'suspended',
  'completed',
  'interrupted',
  'broken',
);
const trial: fc.Arbitrary<NewTrialCall> = fc.record({
  _id: fc.nat({ max: 25 }).map((n) => `t${n}`),
  x: fc.nat({ max: 12 }),
  submitted: fc.option(fc.nat({ max: 3 })),
});

function call<D extends Call['do']>(
  weight: number,
  what: D,
  fields: { [K in Exclude<keyof Extract<Call, { do: D }>, 'do'>]: fc.Arbitrary<Extract<Call, { do: D }>[K]> },
): { weight: number; arbitrary: fc.Arbitrary<Call> } {
  return { weight, arbitrary: fc.record({ do: fc.constant(what), ...fields }) as fc.Arbitrary<Call> };
}

/** Calls in random order, most of them on trials. */
export const calls: fc.Arbitrary<Call[]> = fc.array(
  fc.oneof(
    call(3, 'createExperiment', { e, name, locked: fc.boolean() }),
    call(1, 'renameExperiment', { e, name }),
    call(1, 'deleteExperiment', { e }),
    call(4, 'registerTrials', { e, trials: fc.array(trial, { maxLength: 4 }) }),
    call(4, 'registerTrial', { e, trial }),
    call(8, 'reserveTrial', { e, worker: fc.option(worker, { nil: undefined }) }),
    call(5, 'pushResults', { held, complete: fc.boolean() }),
    call(5, 'setStatus', { held, status, was: fc.option(status, { nil: undefined }) }),
    call(3, 'beat', { held }),
    call(2, 'updateTrials', {
      e,
      worker: fc.option(worker, { nil: undefined }),
      to: fc.option(status, { nil: undefined }),
      status,
    }),
    call(1, 'deleteTrials', { e, status }),
    call(2, 'fetchTrials', { e, status, skip: fc.nat({ max: 2 }), limit: fc.nat({ max: 3 }) }),
    call(2, 'look', { e }),
    call(1, 'initializeLock', { e }),
    call(3, 'acquireLock', { e, state: fc.oneof(fc.nat({ max: 9 }), fc.constant('throw' as const)) }),
    call(1, 'releaseLock', { e, state: fc.option(fc.nat({ max: 9 }), { nil: undefined }) }),
    call(1, 'deleteLock', { e }),
    call(1, 'createBenchmark', { name }),
    call(1, 'deleteBenchmark', { name }),
    call(1, 'reconnect', {}),
  ),
  { minLength: 10, maxLength: 60, size: 'max' },
);
