import { type Call, isFailure, toText } from './call.js';
import type { PendingSpan } from './pending-spans.js';
import type { SeenTrial } from './recorded-storage.js';

/**
 * Checks which trial a reservation chose, among all of its experiment: `undefined` only where none was pending, and the oldest.
 * These are statements about many trials at one moment, which the search for an order does not cover. This check is weaker than they are
 * and never wrong: it blames a reservation only if another trial was pending from before its start until after its end, in every
 * order of the calls. One pass in order of time; what it holds at a time are the trials pending then.
 *
 * @returns what went wrong.
 */
export function checkChoices(reservations: readonly Call[], spans: readonly PendingSpan[]): string[] {
  const faults: string[] = [];
  const byStart = reservations.filter(({ outcome }) => !isFailure(outcome)).sort((a, b) => a.start - b.start);
  const toCome = [...spans].sort((a, b) => b.from - a.from);
  const earlier = new Map<string, Call>();
  let current: PendingSpan[] = [];
  for (const call of byStart) {
    while ((toCome.at(-1)?.from ?? Number.POSITIVE_INFINITY) < call.start)
      current.push(toCome.pop() as PendingSpan);
    current = current.filter(({ until }) => until > call.start);
    const { worker, experiment } = call.arguments as Asked;
    const holder = JSON.stringify([worker, experiment]);
    const mayBeOwn = worker !== null && mayHaveHeld(earlier.get(holder), call);
    earlier.set(holder, call);
    if (call.end === undefined) continue;
    const passedOver = current.find((span) => wasPassedOver(span, call, mayBeOwn));
    if (passedOver) faults.push(describe(call, passedOver));
  }
  return faults;
}

/** Whether a worker may have been given back what it held: what its reservation before gave it. */
function mayHaveHeld(before: Call | undefined, { start, outcome }: Call): boolean {
  if (before === undefined) return false;
  const { end = Number.POSITIVE_INFINITY } = before;
  return (
    end >= start ||
    (before.outcome as Answered).trial?.trial === (outcome as Answered | undefined)?.trial?.trial
  );
}

function wasPassedOver(
  span: PendingSpan,
  { end = 0, arguments: asked, outcome }: Call,
  mayBeOwn: boolean,
): boolean {
  if (span.until <= end || span.experiment !== String((asked as Asked).experiment)) return false;
  const { trial } = outcome as Answered;
  return trial === null || (!mayBeOwn && span._id !== undefined && span._id < trial._id);
}

type Asked = { readonly experiment: string | number; readonly worker: string | null };
type Answered = { readonly trial: SeenTrial | null };

function describe(call: Call, { trial, by }: PendingSpan): string {
  return `A reservation passed over ${trial}, which was pending all the time:\n    ${toText(by)}\n    ${toText(call)}`;
}
