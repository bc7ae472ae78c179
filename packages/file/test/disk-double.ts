import fs from 'node:fs';
import { onTestFinished } from 'vitest';

type Call = (...args: unknown[]) => unknown;

const replaced = new Map<string, Call>();

/** Lets the disk be as it was. Happens at the end of a test by itself. */
export function restoreDisk(): void {
  for (const [name, real] of replaced) Reflect.set(fs, name, real);
  replaced.clear();
}

/** Has `instead` answer the calls of one function of the file system; it is given the real one. */
export function replaceOnDisk(name: keyof typeof fs, instead: (real: Call) => Call): void {
  if (replaced.size === 0) onTestFinished(restoreDisk);
  const real = Reflect.get(fs, name) as Call;
  if (!replaced.has(name)) replaced.set(name, real);
  Reflect.set(fs, name, instead(real));
}

/** Makes calls of one function fail, before they do anything: those whose arguments are of interest, from the first on. */
export function failOnDisk(
  name: keyof typeof fs,
  code: string,
  {
    times = Number.POSITIVE_INFINITY,
    of = () => true,
  }: { times?: number; of?: (...args: unknown[]) => boolean } = {},
): void {
  let left = times;
  replaceOnDisk(name, (real) => (...args) => {
    if (left <= 0 || !of(...args)) return real(...args);
    left -= 1;
    const error = Object.assign(new Error(`${code}: made to fail, ${name}`), { code });
    const done = args.at(-1);
    if (typeof done !== 'function') throw error;
    return setImmediate(done as (error: Error) => void, error);
  });
}
