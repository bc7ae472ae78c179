import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CLASSES, DATA, join, PIXELS, parseDigits, readDigits, split } from '../src/digits.js';
import type { Samples } from '../src/network.js';
import { loadDigits } from './load-digits.js';

/** Each image with its label, as text: no two of the 1,797 are alike. */
function keys({ inputs, labels }: Samples): string[] {
  return Array.from(labels, (label, i) => `${label}:${inputs.subarray(i * PIXELS, (i + 1) * PIXELS).join()}`);
}

function share({ labels }: Samples, digit: number): number {
  return labels.filter((label) => label === digit).length / labels.length;
}

describe('the digits', () => {
  it('are dealt out whole, and no part shares an image with another', async () => {
    const { train, validation, test } = await loadDigits();
    const all = [...keys(train), ...keys(validation), ...keys(test)];
    expect(all).toHaveLength(1797);
    expect(new Set(all).size).toBe(1797);
  });

  it('come in the same proportions in each part', async () => {
    const { train, validation, test } = await loadDigits();
    const whole = join(join(train, validation), test);
    for (let digit = 0; digit < CLASSES; digit++) {
      for (const part of [train, validation, test]) {
        expect(share(part, digit)).toBeCloseTo(share(whole, digit), 2);
      }
    }
  });

  it('are dealt alike by the same seed, and otherwise by another', async () => {
    expect(await loadDigits(5)).toEqual(await loadDigits(5));
    expect(keys((await loadDigits(5)).test)).not.toEqual(keys((await loadDigits(6)).test));
  });

  it('are scaled to lie between 0 and 1', async () => {
    const { inputs } = (await loadDigits()).train;
    expect(Math.min(...inputs)).toBe(0);
    expect(Math.max(...inputs)).toBe(1);
  });

  it('are refused where a row is incomplete, by the number of the row', () => {
    const row = Array.from({ length: PIXELS + 1 }, () => 1).join();
    expect(() => split(parseDigits(`${row}\n${row}\n1,2,3\n`), 1)).toThrow('Row 3');
  });

  it('are read alike where the server or the browser has unpacked the file already', async () => {
    const file = await readFile(DATA);
    expect(await readDigits(gunzipSync(file))).toEqual(await readDigits(file));
  });
});
