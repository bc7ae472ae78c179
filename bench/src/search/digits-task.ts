import { type AnyParams, categorical, integer } from '@trialbase/client';
import { epochs, type GridSettings, grid, readTable, rowKey } from './digits-grid.js';
import type { Problem } from './problem.js';

/**
 * Tuning a network on the digits: its loss, looked up in the table. What is searched of a number is its position among the
 * values of the grid, so that every point is in the table.
 */
export function digitsTask(): Problem {
  const table = readTable();
  const least = [...table.values()].flat().reduce((a, b) => Math.min(a, b));
  const loss = (point: AnyParams): number => {
    const key = rowKey(settingsAt(point));
    const found = table.get(key)?.[point['epochs'] as number];
    if (found === undefined) throw new Error(`The table of the digits has no row ${key}`);
    return found;
  };
  const positions = ({ length }: readonly unknown[]) => integer(0, length - 1);
  return {
    name: 'digits (7)',
    space: {
      learningRate: positions(grid.learningRate),
      hiddenLayers: positions(grid.hiddenLayers),
      hiddenUnits: positions(grid.hiddenUnits),
      activation: categorical(grid.activation),
      l2: positions(grid.l2),
      batchSize: positions(grid.batchSize),
      epochs: positions(epochs),
    },
    objective: loss,
    regret: (point) => loss(point) - least,
  };
}

function settingsAt(point: AnyParams): GridSettings {
  const names = Object.keys(grid) as (keyof GridSettings)[];
  const entries = names.map((name) => [
    name,
    name === 'activation' ? point[name] : grid[name][point[name] as number],
  ]);
  return Object.fromEntries(entries) as GridSettings;
}
