/** Anything that a line of JSON can hold. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/**
 * One call of the protocol, as the worker that made it wrote it down. Times are milliseconds on one monotonic clock that all
 * workers of a history share. A clock may be coarse: see {@link widened}.
 */
export interface Call<Arguments extends Json = Json, Outcome extends Json = Json> {
  readonly worker: string;
  readonly method: string;
  /** What was asked for, in brief. */
  readonly arguments: Arguments;
  readonly start: number;
  /** Absent where there was no answer, as the worker died first: the call may have had its effect, or not. */
  readonly end?: number;
  /** Of a call without an answer: when it had its effect at the latest, if it had any. Default: at any time. */
  readonly latest?: number;
  /** Whether what it did may have been deleted before anybody saw it. */
  readonly wiped?: boolean;
  /** What was answered, in brief. */
  readonly outcome?: Outcome | Failure;
  /** What became known while the call went on, such as the state that a lock's holder found. */
  readonly noted?: Json;
}

/** A call that ended with an error. */
export type Failure = { readonly error: string };

export function isFailure(outcome: unknown): outcome is Failure {
  return typeof outcome === 'object' && outcome !== null && 'error' in outcome;
}

/** The same calls, each taken to have lasted longer by so many milliseconds at both ends: by how much the clocks may be wrong. */
export function widened(calls: readonly Call[], milliseconds: number): Call[] {
  return calls.map((call) => ({
    ...call,
    start: call.start - milliseconds,
    ...(call.end !== undefined && { end: call.end + milliseconds }),
    ...(call.latest !== undefined && { latest: call.latest + milliseconds }),
  }));
}

/** A call in one line, for people: `[12.3 – 12.9] w2 updateHeartbeat {…} → true`. */
export function toText(call: Call): string {
  const { worker, method, start, end, outcome, noted } = call;
  const until = end === undefined ? '?' : end.toFixed(3);
  const answer = outcome === undefined ? 'unanswered' : brief(outcome);
  const note = noted === undefined ? '' : ` (noted ${brief(noted)})`;
  return `[${start.toFixed(3)} – ${until}] ${worker} ${method} ${brief(call.arguments)}${note} → ${answer}`;
}

const LONGEST = 300;

function brief(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
