import { readFile } from 'node:fs/promises';
import { DATA, type Parts, readDigits } from '../src/digits.js';

/** The digits, dealt out as everybody has them, or by another seed. */
export async function loadDigits(seed?: number): Promise<Parts> {
  return readDigits(await readFile(DATA), seed);
}
