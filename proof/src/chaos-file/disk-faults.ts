import fs from 'node:fs';
import type { Random } from '../workload/random.js';

/** Told of each call that was made to fail or to fall short, such as `writeSync ENOSPC`. */
export type OnFault = (fault: string) => void;

/** The calls of which single ones fail before they do anything, how, and how often compared with a write. */
const FAILING: Readonly<Record<string, readonly [codes: readonly [string, ...string[]], often: number]>> = {
  writeSync: [['ENOSPC', 'EIO'], 1],
  fdatasyncSync: [['EIO', 'ENOSPC'], 1],
  openSync: [['EMFILE', 'EIO'], 1],
  readdirSync: [['EIO'], 1],
  fstatSync: [['EIO'], 0.3],
  readSync: [['EIO'], 0.3],
  // Names are made and removed seldom.
  writeFileSync: [['EIO'], 5],
  fsyncSync: [['EIO'], 20],
  linkSync: [['EIO', 'ENOSPC'], 20],
  unlinkSync: [['EIO'], 20],
  ftruncateSync: [['EIO'], 5],
};

/**
 * Makes single calls of this process to the file system fail or fall short from now on, so that a store sees what a failing disk
 * would show it; all others are the real ones. Where a name was imported from `node:fs` by itself, it stays as it is.
 *
 * @param rate of how many writes one fails, and one more falls short: 0.001 for one in a thousand.
 */
export function injectDiskFaults(random: Random, rate: number, onFault: OnFault): void {
  const disk = new FailingDisk(random, rate, onFault);
  for (const name of Object.keys(FAILING)) replace(name, (real) => disk.failing(name, real));
  replace('writeSync', (real) => disk.shortened(real));
  replace('writeFileSync', (real) => disk.cutOff(real));
  replace('fdatasync', (real) => disk.failingLater(real));
}

type Call = (...args: unknown[]) => unknown;

function replace(name: string, by: (real: Call) => Call): void {
  Reflect.set(fs, name, by(Reflect.get(fs, name) as Call));
}

class FailingDisk {
  readonly #random: Random;
  readonly #rate: number;
  readonly #onFault: OnFault;

  constructor(random: Random, rate: number, onFault: OnFault) {
    this.#random = random;
    this.#rate = rate;
    this.#onFault = onFault;
  }

  failing(name: string, real: Call): Call {
    return (...args) => {
      const error = this.#errorOf(name);
      if (error) throw error;
      return real(...args);
    };
  }

  /** `writeSync` writes a part, and says how much. */
  shortened(real: Call): Call {
    return (...args) => {
      const [fd, bytes, offset = 0, length = (bytes as Buffer).length, position] = args;
      if (!this.#random.chance(this.#rate)) return real(...args);
      this.#onFault('writeSync short');
      const part = this.#random.integer(1, length as number) - 1;
      return part === 0 ? 0 : real(fd, bytes, offset, part, position);
    };
  }

  /** `writeFileSync` writes a part, and fails. */
  cutOff(real: Call): Call {
    return (path, text, ...options) => {
      if (!this.#random.chance(5 * this.#rate)) return real(path, text, ...options);
      this.#onFault('writeFileSync cut off');
      real(path, String(text).slice(0, this.#random.integer(0, String(text).length - 1)), ...options);
      throw errorWith('ENOSPC', 'writeFileSync');
    };
  }

  /** `fdatasync` tells its callback. */
  failingLater(real: Call): Call {
    return (fd, done) => {
      const error = this.#errorOf('fdatasyncSync');
      if (error) setImmediate(done as (error: Error) => void, error);
      else real(fd, done);
    };
  }

  #errorOf(name: string): Error | undefined {
    const [codes, often] = FAILING[name] ?? [['EIO'], 1];
    if (!this.#random.chance(often * this.#rate)) return undefined;
    const code = this.#random.pick(codes);
    this.#onFault(`${name} ${code}`);
    return errorWith(code, name);
  }
}

function errorWith(code: string, syscall: string): Error {
  return Object.assign(new Error(`${code}: made to fail, ${syscall}`), { code, syscall });
}
