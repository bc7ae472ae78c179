import type { Call, Json } from '../../src/history/call.js';

/** A call by hand; without an answer where `outcome` is left out. */
export function call(
  worker: string,
  [start, end]: readonly [start: number, end?: number],
  method: string,
  args: Json,
  outcome?: Json,
): Call {
  const answered = outcome === undefined ? {} : { outcome: outcome as NonNullable<Call['outcome']> };
  return { worker, method, arguments: args, start, ...(end !== undefined && { end }), ...answered };
}

/** A trial as it is shown, `e/1` by default. */
export function shown(fields: { readonly [field: string]: Json }): Json {
  return { trial: 'e/1', _id: 'a', status: 'reserved', reservation: null, value: null, ...fields };
}
