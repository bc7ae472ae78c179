import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommandError } from '../exit-codes.js';

/** The whole path of a directory. @param flag names what it is for. @throws CommandError if there is none. */
export function checkedDirectory(path: string, flag: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return resolve(path);
  throw new CommandError('misused', `There is no directory '${path}': check ${flag}`);
}
