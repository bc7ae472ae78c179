import { type Call, isFailure } from './call.js';

/** By these errors a call says that it had no effect. */
const REFUSALS: ReadonlySet<string> = new Set(['failed-update', 'duplicate-key', 'lock-timeout']);
/** By this one too: it promises that nothing was stored. What is seen of such a call later is then inexplicable. */
const NOTHING_STORED = 'storage-full';

/**
 * The calls as the models take them. A refusal is an answer. A call that found no room is left out, as it had no effect. One that
 * failed otherwise may have had its effect all the same, like one without an answer.
 */
export function settled(calls: readonly Call[]): Call[] {
  return calls.flatMap((call) => {
    if (!isFailure(call.outcome) || REFUSALS.has(call.outcome.error)) return [call];
    return call.outcome.error === NOTHING_STORED ? [] : [withoutAnswer(call)];
  });
}

/** What failed has failed: it has no effect after its end. */
function withoutAnswer(call: Call): Call {
  const { end, outcome, ...unanswered } = call;
  return end === undefined || outcome === undefined ? call : { ...unanswered, latest: end };
}
