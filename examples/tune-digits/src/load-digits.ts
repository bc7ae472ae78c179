import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { type Parts, parseDigits, split } from './digits.js';

const DATA = new URL('../data/digits.csv.gz', import.meta.url);

/** One deal for everybody: figures compare only between networks that learned from, and were judged by, the same images. */
const SPLIT_SEED = 1;

/** The digits that come with this example, dealt out into parts, always in the same way. */
export async function loadDigits(seed: number = SPLIT_SEED): Promise<Parts> {
  return split(parseDigits(gunzipSync(await readFile(DATA)).toString()), seed);
}
