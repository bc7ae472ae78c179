/** How many states an automaton may have. */
export const MOST_STATES = 1_000;

/** A state of an automaton that reads a text character by character. `id` tells it from the others, and is below {@link MOST_STATES}. */
export type State = { readonly id: number } & (
  | { readonly kind: 'step'; readonly takes: (character: string) => boolean; readonly next: State }
  | { readonly kind: 'fork'; readonly next: readonly State[] }
  | { readonly kind: 'border'; readonly holds: Border; readonly next: State }
  | { readonly kind: 'end' }
);

/** What is asked of the characters before and after a place in a text; `undefined` at its ends. */
export type Border = (before: string | undefined, after: string | undefined) => boolean;

/**
 * Tells whether some part of a text leads an automaton from `start` to its end. All ways through it are followed at once, so
 * that the time it takes grows with the length of the text times the number of states, and no faster.
 *
 * K. Thompson, Regular expression search algorithm, CACM 11 (1968).
 *
 * @param unicode whether a character is a code point, and not a UTF-16 code unit.
 */
export function runs(start: State, unicode: boolean): (text: string) => boolean {
  return (text) => {
    const seen = new Float64Array(MOST_STATES).fill(-1);
    let before: string | undefined;
    let reached: State[] = [];
    for (let at = 0; ; at += before.length) {
      const after = characterAt(text, at, unicode);
      const states: State[] = [];
      const reach = (state: State): void => {
        if (seen[state.id] === at) return;
        seen[state.id] = at;
        states.push(state);
      };
      for (const state of reached) if (state.kind === 'step' && state.takes(before ?? '')) reach(state.next);
      reach(start);
      if (isEndAmong(states, reach, before, after)) return true;
      if (after === undefined) return false;
      before = after;
      reached = states;
    }
  };
}

function characterAt(text: string, at: number, unicode: boolean): string | undefined {
  return unicode && at < text.length ? String.fromCodePoint(text.codePointAt(at) ?? 0) : text[at];
}

/** Adds the states that are reached without taking a character, and tells whether one is the end. */
function isEndAmong(
  states: readonly State[],
  reach: (state: State) => void,
  before: string | undefined,
  after: string | undefined,
): boolean {
  // What is added meanwhile is visited too.
  for (const state of states) {
    if (state.kind === 'end') return true;
    if (state.kind === 'fork') for (const next of state.next) reach(next);
    else if (state.kind === 'border' && state.holds(before, after)) reach(state.next);
  }
  return false;
}
