import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How many vectors, or steps of them, had each outcome. */
export type Counts = Iterable<readonly [outcome: string, count: number]>;

/**
 * Prints what became of the vectors of a file. Under `npm run vectors`, which prints all files together in the end, it is
 * left in the directory that `TRIALBASE_TALLY` names.
 *
 * @param of the file, and what else tells this count from others of the same file.
 */
export function tally(of: string, counts: Counts): void {
  const rows = [...counts];
  const directory = process.env['TRIALBASE_TALLY'];
  if (directory) writeFileSync(join(directory, `${of}.json`), JSON.stringify({ of, rows }));
  console.info(`${of}\n${rows.map(([outcome, count]) => `  ${count} ${outcome}`).join('\n')}`);
}

/** How often each value occurs, in the order in which they first do. */
export function countsOf(values: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
