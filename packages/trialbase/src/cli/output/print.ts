import type { Column } from './columns.js';
import { toJson } from './json.js';
import { write } from './write.js';

/** How a command prints: for people, or as JSON for programs. */
export interface PrintOptions {
  readonly json?: boolean | undefined;
}

/** Prints records: a table, or a JSON array with an element a line. They are taken as they come. */
export async function printRecords<T>(
  columns: readonly Column<T>[],
  records: Iterable<T> | AsyncIterable<T>,
  { json }: PrintOptions,
): Promise<void> {
  if (!json) {
    // How wide characters are takes longer to load than most commands do to run.
    const { inColumns } = await import('./columns.js');
    return printLines(inColumns(columns, records));
  }
  let before = '[\n';
  for await (const record of records) {
    await write(before + toJson(record));
    before = ',\n';
  }
  await write(before === ',\n' ? '\n]\n' : '[]\n');
}

/** Prints one value: its lines, or JSON. */
export async function printValue(
  value: unknown,
  lines: Iterable<string> | AsyncIterable<string>,
  { json }: PrintOptions,
): Promise<void> {
  if (json) await write(`${toJson(value, 2)}\n`);
  else await printLines(lines);
}

export async function printLines(lines: Iterable<string> | AsyncIterable<string>): Promise<void> {
  for await (const line of lines) await write(`${line}\n`);
}
