import type { Call, Json } from './call.js';

/**
 * What one object (a trial, a lock, a key) promises: what each call does to it, one call after another. States are plain
 * JSON; equal states must have the same text, with their fields in the same order.
 */
export interface Model<State extends Json> {
  readonly initial: State;
  /**
   * The states that the object may be in after the call, where the call is answered as recorded: none if it cannot be answered
   * so in this state. Of a call without an answer, the states that it may lead to if it takes effect now.
   */
  after(state: State, call: Call): readonly State[];
}
