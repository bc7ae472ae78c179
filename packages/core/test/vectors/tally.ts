/** How many vectors, or steps of them, had each outcome. */
export type Counts = Iterable<readonly [outcome: string, count: number]>;

/**
 * Prints what became of the vectors of a file. It is all that `npm run vectors` shows.
 *
 * @param of the file, and what else tells this count from others of the same file.
 */
export function tally(of: string, counts: Counts): void {
  const rows = [...counts].map(([outcome, count]) => `${String(count).padStart(8)}  ${outcome}`);
  console.info([of, ...rows].join('\n'));
}

/** How often each value occurs, in the order in which they first do. */
export function countsOf(values: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
