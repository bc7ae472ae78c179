import { describe } from '@trialbase/core';

/** What was thrown, as a message can carry it: an error keeps its message, and loses at most its class. */
export function portable(thrown: unknown): unknown {
  const isError = thrown instanceof Error;
  try {
    const copy: unknown = structuredClone(thrown);
    // Some platforms make of a DOMException an object without a message.
    if (!isError || copy instanceof Error) return copy;
  } catch {}
  return new Error(isError ? thrown.message : describe(thrown));
}
