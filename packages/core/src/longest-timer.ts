/** The longest time for which a timer can be set, in milliseconds: one that is set for longer fires at once, on every platform. */
export const LONGEST_TIMER: number = 2 ** 31 - 1;
