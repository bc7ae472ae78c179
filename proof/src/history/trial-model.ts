import type { TrialStatus } from '@trialbase/core';
import { type Call, isFailure } from './call.js';
import type { Model } from './model.js';
import type { SeenTrial } from './recorded-storage.js';

/** What is known of one trial; `null` before it is registered, and after it was deleted. */
export type TrialState = {
  readonly status: TrialStatus;
  readonly worker: string | null;
  readonly reservation: string | null;
  readonly value: number | null;
} | null;

/** The statuses of trials that wait for a worker. */
export const pendingStatuses: ReadonlySet<string> = new Set(['new', 'suspended', 'interrupted']);

/** What the calls of a history may ask about one trial; each method has some of these. */
interface Asked {
  readonly reservation?: string | null;
  readonly worker?: string | null;
  readonly was?: TrialStatus;
  readonly status?: TrialStatus | null;
  readonly value?: number;
}

/** What they may be answered about it. */
interface Answered {
  readonly trial?: SeenTrial | null;
  readonly stands?: boolean;
}

/** What the protocol promises of one trial. A call about several is one about each of them: see `callsByTrial`. */
export const trialModel: Model<TrialState> = { initial: null, after };

function after(state: TrialState, call: Call): readonly TrialState[] {
  const asked = call.arguments as Asked;
  const { outcome } = call;
  const change = CHANGES[call.method];
  if (change === undefined) return looks(state, call);
  const changed = change(state, asked);
  if (changed === undefined) {
    const isRefused = outcome === undefined || isFailure(outcome) || (outcome as Answered).stands === false;
    return isRefused ? [state] : [];
  }
  if (isFailure(outcome) || (outcome as Answered | undefined)?.stands === false) return [];
  return outcome === undefined || agrees(changed, (outcome as Answered).trial) ? [changed] : [];
}

/** What a call makes of a trial; `undefined` where it is to be refused. */
type Change = (state: TrialState, asked: Asked) => TrialState | undefined;

const CHANGES: Readonly<Record<string, Change>> = {
  registerTrial: (state) =>
    state === null ? { status: 'new', worker: null, reservation: null, value: null } : undefined,
  reserveTrial: (state, { worker = null, reservation = null }) => {
    if (state === null) return undefined;
    const own = state.status === 'reserved' && worker !== null && state.worker === worker;
    return own || pendingStatuses.has(state.status)
      ? { ...state, status: 'reserved', worker, reservation }
      : undefined;
  },
  updateHeartbeat: (state, asked) => (isHeld(state, asked) ? state : undefined),
  pushTrialResults: (state, asked) =>
    isHeld(state, asked)
      ? { ...state, value: asked.value ?? null, status: asked.status ?? state.status }
      : undefined,
  setTrialStatus: (state, asked) => {
    const mayChange = asked.was === 'reserved' ? isHeld(state, asked) : state?.status === asked.was;
    return state && mayChange && asked.status ? { ...state, status: asked.status } : undefined;
  },
  deleteExperiment: () => null,
};

function isHeld(state: TrialState, { reservation }: Asked): state is NonNullable<TrialState> {
  return state?.status === 'reserved' && state.reservation === reservation;
}

function looks(state: TrialState, { outcome }: Call): readonly TrialState[] {
  if (outcome === undefined) return [state];
  return agrees(state, (outcome as Answered).trial) ? [state] : [];
}

/** Whether a trial was seen as it is. `undefined`: it was not shown. */
function agrees(state: TrialState, shown: SeenTrial | null | undefined): boolean {
  if (shown === undefined) return true;
  if (state === null || shown === null) return state === shown;
  return (
    state.status === shown.status && state.reservation === shown.reservation && state.value === shown.value
  );
}
