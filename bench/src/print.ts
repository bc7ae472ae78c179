import { Table } from 'console-table-printer';
import { type Bar, type Row, type Section, score } from './report.js';

/** Prints the figures of a section as a table, and what one has to know to read them. */
export function printSection({ title, rows, notes }: Section): void {
  printTable(title, rows);
  for (const note of notes) console.log(note);
  console.log();
}

/** Prints which goals are met. */
export function printBars(bars: readonly Bar[]): void {
  printTable('Bars', bars.map(barRow));
}

function barRow(bar: Bar): Row {
  const { name, goal, at, figure, unit } = bar;
  return {
    bar: name,
    goal: `${at === 'least' ? '≥' : '≤'} ${format(goal)}`,
    figure: format(figure),
    unit,
    'of the goal': `${score(bar).toFixed(2)} ×`,
    met: score(bar) >= 1 ? 'yes' : 'NO',
  };
}

function printTable(title: string, rows: readonly Row[]): void {
  const columns = Object.keys(rows[0] ?? {}).map((name) => ({
    name,
    alignment: typeof rows[0]?.[name] === 'number' ? ('right' as const) : ('left' as const),
  }));
  if (rows.length === 0) return;
  const table = new Table({ title, columns, shouldDisableColors: !process.stdout.isTTY });
  for (const row of rows) {
    table.addRow(Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, format(cell)])));
  }
  table.printTable();
}

function format(cell: string | number): string {
  if (typeof cell === 'string') return cell;
  const digits =
    Number.isInteger(cell) || cell >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  return cell.toLocaleString('en-US', digits);
}
