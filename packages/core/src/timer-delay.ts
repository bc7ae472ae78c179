/** The longest time for which a timer can be set, in milliseconds: one that is set for longer fires at once, on every platform. */
const LONGEST = 2 ** 31 - 1;

/** The time to give to `setTimeout` or `setInterval` for so many milliseconds: itself, or the longest there can be. */
export function timerDelay(milliseconds: number): number {
  return Math.min(milliseconds, LONGEST);
}
