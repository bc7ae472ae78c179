import { readFile } from 'node:fs/promises';
import { DATA, type Parts, readDigits } from 'digits';

/** The digits, dealt out into parts, always in the same way. */
export async function loadDigits(): Promise<Parts> {
  return readDigits(await readFile(DATA));
}
