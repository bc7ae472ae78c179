import { type AnyParams, categorical, type Dimension, integer, type SpaceInput } from '@trialbase/client';
import { epochs, type GridSettings, grid, readTable, rowKey } from './digits-grid.js';
import type { Problem } from './problem.js';

/** The networks of the grid. What is searched of a number is its position among the values there. */
export const networks: SpaceInput = {
  learningRate: positions(grid.learningRate),
  hiddenLayers: positions(grid.hiddenLayers),
  hiddenUnits: positions(grid.hiddenUnits),
  activation: categorical(grid.activation),
  l2: positions(grid.l2),
  batchSize: positions(grid.batchSize),
};

/** Tuning a network on the digits: its loss, looked up in the table, in which every point is. */
export function digitsTask(): Problem {
  const table = readTable();
  const least = [...table.values()].flat().reduce((a, b) => Math.min(a, b));
  const loss = (point: AnyParams): number => {
    const key = rowKey(settingsAt(point));
    const found = table.get(key)?.[point['epochs'] as number];
    if (found === undefined) throw new Error(`The table of the digits has no row ${key}`);
    return found;
  };
  return {
    name: 'digits (7)',
    space: { ...networks, epochs: positions(epochs) },
    objective: loss,
    regret: (point) => loss(point) - least,
  };
}

function positions({ length }: readonly unknown[]): Dimension<number> {
  return integer(0, length - 1);
}

/** The network at a point. */
export function settingsAt(point: AnyParams): GridSettings {
  const names = Object.keys(grid) as (keyof GridSettings)[];
  const entries = names.map((name) => [
    name,
    name === 'activation' ? point[name] : grid[name][point[name] as number],
  ]);
  return Object.fromEntries(entries) as GridSettings;
}
