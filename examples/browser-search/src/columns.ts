import { accuracyOf, lossOf, percent, short } from 'digits';
import type { Trial } from 'trialbase';

/** A trial with its number: the first that was submitted is 1. */
export interface Row {
  readonly number: number | undefined;
  readonly trial: Trial;
}

export type Cell = number | string | undefined;

/** A column of the table of trials. */
export interface Column {
  readonly title: string;
  /** What the table is sorted by; `undefined` where the trial has no such thing, or none yet. */
  readonly value: (row: Row) => Cell;
  /** How a number is shown. Default: as it is. */
  readonly format?: (value: number) => string;
  readonly isNumber: boolean;
}

export const columns: readonly Column[] = [
  { title: 'Trial', value: ({ number }) => number, isNumber: true },
  { title: 'Status', value: ({ trial }) => trial.status, isNumber: false },
  {
    title: 'Loss',
    value: ({ trial }) => known(trial, lossOf),
    format: (loss) => loss.toFixed(4),
    isNumber: true,
  },
  { title: 'Accuracy', value: ({ trial }) => known(trial, accuracyOf), format: percent, isNumber: true },
  { ...param('Learning rate', 'learningRate'), format: short },
  param('Layers', 'hiddenLayers'),
  param('Units', 'hiddenUnits'),
  { ...param('Activation', 'activation'), isNumber: false },
  { ...param('L2', 'l2'), format: short },
  param('Batch', 'batchSize'),
  param('Epochs', 'epochs'),
  {
    title: 'Seconds',
    value: ({ trial }) => secondsOf(trial),
    format: (time) => time.toFixed(1),
    isNumber: true,
  },
  { title: 'Worker', value: ({ trial }) => trial.worker ?? undefined, isNumber: false },
];

/** A cell as it is shown. */
export function textOf(column: Column, row: Row): string {
  const value = column.value(row);
  if (value === undefined) return '';
  return typeof value === 'number' && column.format ? column.format(value) : String(value);
}

function known(trial: Trial, result: (trial: Trial) => number): number | undefined {
  return trial.status === 'completed' ? result(trial) : undefined;
}

function param(title: string, setting: string): Column {
  const name = `/${setting}`;
  return {
    title,
    value: ({ trial }) => trial.params.find((each) => each.name === name)?.value as Cell,
    isNumber: true,
  };
}

function secondsOf({ status, start_time, end_time }: Trial): number | undefined {
  if (status !== 'completed' || !start_time || !end_time) return undefined;
  return (end_time.getTime() - start_time.getTime()) / 1_000;
}
