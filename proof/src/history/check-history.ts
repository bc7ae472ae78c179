import { type Call, type Json, toText } from './call.js';
import { callsByTrial } from './calls-by-trial.js';
import { settled } from './certainty.js';
import { checkCounts } from './completed-counts.js';
import { explain, type Stuck } from './explain.js';
import { Groups } from './groups.js';
import { keyModel } from './key-model.js';
import { lockModel } from './lock-model.js';
import type { Model } from './model.js';
import { pendingSpans } from './pending-spans.js';
import { checkChoices } from './reservation-choice.js';
import { trialModel } from './trial-model.js';

/** What the check of a history found. */
export interface HistoryCheck {
  /** How many trials, algorithm locks and unique keys the calls were about; each has a history of its own. */
  readonly objects: number;
  readonly calls: number;
  /** What cannot be explained, each with the calls concerned; none where all can. */
  readonly faults: readonly string[];
}

/**
 * Checks whether the calls of all workers together are explainable by some order of calls that each happen at one moment between
 * their start and their end. Each trial, algorithm lock and unique key is looked at by itself, which is enough: if each of
 * several independent objects has such an order, all of them together have one (Herlihy and Wing, 1990).
 */
export function checkHistory(recorded: readonly Call[]): HistoryCheck {
  const calls = settled(recorded);
  const trials = callsByTrial(calls);
  const locks = callsBy(calls, LOCK_METHODS, 'experiment');
  const keys = callsBy(calls, KEY_METHODS, 'name');
  const spans = [...trials].flatMap(([trial, ofTrial]) => pendingSpans(trial, ofTrial));
  const faults = [
    ...unexplained('trial', trialModel, trials),
    ...unexplained('algorithm lock', lockModel, locks),
    ...unexplained('benchmark', keyModel, keys),
    ...checkChoices(
      calls.filter(({ method }) => method === 'reserveTrial'),
      spans,
    ),
    ...checkCounts(calls, trials),
  ];
  return { objects: trials.size + locks.size + keys.size, calls: recorded.length, faults };
}

const LOCK_METHODS: ReadonlySet<string> = new Set(['raiseCounter', 'readCounter', 'deleteExperiment']);
const KEY_METHODS: ReadonlySet<string> = new Set(['createBenchmark', 'deleteBenchmark', 'fetchBenchmark']);

type CallsByObject = ReadonlyMap<string, readonly Call[]>;

function callsBy(calls: readonly Call[], methods: ReadonlySet<string>, argument: string): CallsByObject {
  const groups = new Groups<string, Call>();
  for (const call of calls) {
    if (!methods.has(call.method)) continue;
    groups.add(String((call.arguments as Record<string, string | number>)[argument]), call);
  }
  return groups.all;
}

function unexplained<State extends Json>(
  kind: string,
  model: Model<State>,
  objects: CallsByObject,
): string[] {
  return [...objects].flatMap(([name, calls]) => {
    const verdict = explain(model, calls);
    return verdict.kind === 'explained' ? [] : [describe(`${kind} ${name}`, calls.length, verdict)];
  });
}

/** So many of the calls before the trouble are shown. */
const SHOWN = 12;

function describe(object: string, count: number, { kind, order, state, next }: Stuck): string {
  const problem =
    kind === 'unexplained'
      ? `No order of its ${count} calls explains the answers`
      : `The search for an order of its ${count} calls was given up`;
  const indented = (calls: readonly Call[]): string => calls.map((call) => `\n    ${toText(call)}`).join('');
  const skipped = order.length > SHOWN ? ` (the last ${SHOWN} of ${order.length})` : '';
  return (
    `${object}: ${problem}.\n  The longest order found${skipped}:${indented(order.slice(-SHOWN))}` +
    `\n  leads to ${JSON.stringify(state)}, in which none of these can come next:${indented(next)}`
  );
}
