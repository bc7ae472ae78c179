import type { Cell, Column, Row } from './columns.js';

/** By which column the table is sorted, and in which direction. */
export interface Order {
  readonly column: Column;
  readonly ascending: boolean;
}

/** The rows in order. Those with nothing in the column come last, in either direction; equal ones stay as they were. */
export function sortRows(rows: readonly Row[], { column, ascending }: Order): Row[] {
  const direction = ascending ? 1 : -1;
  return rows
    .map((row) => ({ row, value: column.value(row) }))
    .sort((a, b) => absentLast(a.value, b.value) ?? direction * compare(a.value, b.value))
    .map(({ row }) => row);
}

function absentLast(a: Cell, b: Cell): number | undefined {
  if (a !== undefined && b !== undefined) return undefined;
  return Number(a === undefined) - Number(b === undefined);
}

function compare(a: Cell, b: Cell): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b));
}
