import stringWidth from 'string-width';
import { colors } from './write.js';

/** One column of a table. */
export interface Column<T> {
  readonly title: string;
  /** What stands in it; nothing where there is nothing. */
  readonly value: (row: T) => string | undefined;
  /** Default: left. */
  readonly align?: 'right';
}

/** So many rows are looked at before the first is printed; a later one that is wider shifts what is right of it. */
const MEASURED = 1_000;

const GAP = '  ';

const CONTROL = /\p{Cc}/u;

/** The lines of a table: titles, then a line a row. Rows are taken as they come, however many there are. */
export async function* inColumns<T>(
  columns: readonly Column<T>[],
  rows: Iterable<T> | AsyncIterable<T>,
): AsyncGenerator<string> {
  const titles = columns.map(({ title }) => title);
  let waiting: string[][] = [];
  let widths: number[] | undefined;
  const begin = (): string[] => {
    widths = widthsOf([titles, ...waiting]);
    const lines = [
      colors.bold(line(columns, titles, widths)),
      ...waiting.map((cells) => line(columns, cells, widths)),
    ];
    waiting = [];
    return lines;
  };
  for await (const row of rows) {
    const cells = columns.map(({ value }) => oneLine(value(row) ?? ''));
    if (widths) yield line(columns, cells, widths);
    else if (waiting.push(cells) === MEASURED) yield* begin();
  }
  if (!widths) yield* begin();
}

function widthsOf(rows: readonly (readonly string[])[]): number[] {
  const widths: number[] = [];
  for (const cells of rows) {
    cells.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, widthOf(cell));
    });
  }
  return widths;
}

function line<T>(
  columns: readonly Column<T>[],
  cells: readonly string[],
  widths: readonly number[] | undefined,
): string {
  const padded = cells.map((cell, i) => {
    const room = ' '.repeat(Math.max(0, (widths?.[i] ?? 0) - widthOf(cell)));
    return columns[i]?.align === 'right' ? room + cell : cell + room;
  });
  return padded.join(GAP).trimEnd();
}

/** Nearly all cells are ASCII, whose width needs no table. */
function widthOf(cell: string): number {
  return /^[ -~]*$/.test(cell) ? cell.length : stringWidth(cell);
}

/** Names and values are data: a line break or an escape sequence in one is shown, never acted upon. */
function oneLine(text: string): string {
  if (!CONTROL.test(text)) return text;
  return text.replaceAll(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));
}
