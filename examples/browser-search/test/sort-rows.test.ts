import { expect, it } from 'vitest';
import { type Column, columns, textOf } from '../src/columns.js';
import { sortRows } from '../src/sort-rows.js';
import { completed, reserved, trial, units } from './trials.js';

function column(title: string): Column {
  return columns.find((each) => each.title === title) as Column;
}

const rows = [completed(0.5), reserved('b'), completed(10), reserved('a'), completed(0.25)].map(
  (each, i) => ({
    number: i + 1,
    trial: each,
  }),
);

function numbers(title: string, ascending: boolean): (number | undefined)[] {
  return sortRows(rows, { column: column(title), ascending }).map(({ number }) => number);
}

it('rows sort by numbers as numbers, and those without one come last both ways', () => {
  expect(numbers('Loss', true)).toEqual([5, 1, 3, 2, 4]);
  expect(numbers('Loss', false)).toEqual([3, 1, 5, 2, 4]);
});

it('rows sort by words', () => {
  expect(numbers('Worker', true)).toEqual([4, 2, 1, 3, 5]);
  expect(numbers('Worker', false)).toEqual([2, 4, 1, 3, 5]);
});

it('rows that are equal stay in the order they came in', () => {
  expect(numbers('Status', true)).toEqual([1, 3, 5, 2, 4]);
});

it('the rows given are left as they are', () => {
  numbers('Loss', false);
  expect(rows.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
});

it('many rows sort like few', () => {
  const many = Array.from({ length: 10_000 }, (_, i) => ({
    number: i,
    trial: trial('new', { params: [units((i * 7_919) % 10_007)] }),
  }));
  const sorted = sortRows(many, { column: column('Units'), ascending: true });
  expect(sorted.map((row) => Number(textOf(column('Units'), row)))).toEqual(
    many.map((_, i) => (i * 7_919) % 10_007).sort((a, b) => a - b),
  );
});

it('a cell is empty while there is nothing to tell', () => {
  expect(textOf(column('Loss'), { number: 1, trial: reserved('a') })).toBe('');
  expect(textOf(column('Loss'), { number: 1, trial: completed(0.12345) })).toBe('0.1235');
  expect(textOf(column('Seconds'), { number: 1, trial: completed(1) })).toBe('1.0');
});
