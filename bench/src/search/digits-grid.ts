import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Every value that the settings of the digits network take in the table, in the order of its columns. */
export const grid = {
  learningRate: [1e-4, 2.26e-4, 5.1e-4, 1.15e-3, 2.6e-3, 5.88e-3, 1.33e-2, 3e-2],
  hiddenLayers: [1, 2],
  hiddenUnits: [24, 38, 60, 96],
  activation: ['relu', 'tanh'],
  l2: [1e-6, 1e-4, 1e-2],
  batchSize: [16, 32, 64],
} as const;

/** After how many epochs the network was judged: the last columns of the table. */
export const epochs = [1, 2, 4, 8, 16] as const;

export type GridSettings = { readonly [Name in keyof typeof grid]: (typeof grid)[Name][number] };

/** The table: a row for each network of the grid, with its loss on the validation part after so many epochs. */
export const TABLE: string = fileURLToPath(new URL('../../data/digits-losses.csv', import.meta.url));

/** All networks of the grid, the last setting changing fastest. */
export function allSettings(): GridSettings[] {
  let all: object[] = [{}];
  for (const [name, values] of Object.entries(grid)) {
    all = all.flatMap((settings) => values.map((value) => Object.assign({}, settings, { [name]: value })));
  }
  return all as GridSettings[];
}

/** The first cells of a network's row. */
export function rowKey(settings: GridSettings): string {
  return Object.keys(grid)
    .map((name) => settings[name as keyof GridSettings])
    .join(',');
}

/** The losses of the networks by {@link rowKey}, in the order of {@link epochs}. */
export function readTable(path: string = TABLE): Map<string, readonly number[]> {
  const [, ...rows] = readFileSync(path, 'utf8').trim().split('\n');
  return new Map(
    rows.map((row) => {
      const cells = row.split(',');
      return [cells.slice(0, -epochs.length).join(','), cells.slice(-epochs.length).map(Number)];
    }),
  );
}

/** The first line of the table. */
export const header: string = [...Object.keys(grid), ...epochs.map((count) => `after ${count}`)].join(',');
