/**
 * `node bench/dist/search/make-digits-table.js`: teaches every network of the grid and notes how it did. It takes about
 * half an hour; stopped and started again, it goes on where it was. The same rows come out of it on every machine but for the last digits.
 */

import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { DATA, judge, type Parts, readDigits } from 'digits';
import { allSettings, epochs, type GridSettings, header, readTable, rowKey, TABLE } from './digits-grid.js';

const { train, validation, test } = await readDigits(await readFile(DATA));
// So many networks are taught from a part of the digits only.
const parts = { train: everyNth(train, 4), validation: everyNth(validation, 2), test };
const signal = new AbortController().signal;
if (!existsSync(TABLE)) writeFileSync(TABLE, `${header}\n`);
const made = readTable();

for (const settings of allSettings()) {
  if (made.has(rowKey(settings))) continue;
  appendFileSync(TABLE, `${[rowKey(settings), ...(await losses(settings))].join(',')}\n`);
}

function everyNth(samples: Parts['train'], n: number): Parts['train'] {
  const pixels = samples.inputs.length / samples.labels.length;
  return {
    labels: samples.labels.filter((_, i) => i % n === 0),
    inputs: samples.inputs.filter((_, i) => Math.floor(i / pixels) % n === 0),
  };
}

async function losses(settings: GridSettings): Promise<number[]> {
  const curve: number[] = [];
  const params = { ...settings, epochs: Math.max(...epochs) };
  await judge(parts, { params, signal }, ({ loss }) => void curve.push(loss));
  return epochs.map((count) => Number(curve[count - 1]?.toPrecision(5)));
}
