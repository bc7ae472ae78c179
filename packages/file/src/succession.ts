import { join } from 'node:path';
import { StorageUnavailableError } from '@trialbase/core/adapter';
import { linkOnce, namesIn, removeIfThere } from './file-system.js';

/** The highest number: 15 digits are exact as a number. */
const MOST = 999_999_999_999_999;

/**
 * Files in one directory that follow one another: `<name>-1`, `<name>-2` and so on. **The highest number is the current
 * one**, and each number is given once, because a second link of the same name fails: of all who saw number 7 end, one
 * makes number 8.
 *
 * One danger is left. Somebody who saw 7 end may be stopped right there, while others make 8 and 9 and remove 8; when it
 * goes on, the name 8 is free again. But 9 is there then, for the highest is never removed, so whoever made a number looks once more
 * and gives up a number that is not the highest. Until it has done so its file is there under a name that was another's: who opens
 * a number has to look afterwards, too, whether it is the highest.
 */
export class Succession {
  readonly directory: string;
  readonly #prefix: string;

  constructor(directory: string, name: string) {
    this.directory = directory;
    this.#prefix = `${name}-`;
  }

  /** The path of one number. */
  path(number: number): string {
    return join(this.directory, this.#prefix + number);
  }

  /** The number of the current file; 0 where there is none yet. */
  current(names: readonly string[] = namesIn(this.directory) ?? []): number {
    return names.reduce((highest, name) => Math.max(highest, this.#numberOf(name)), 0);
  }

  /** The number after one. @throws StorageUnavailableError if there is none, as no store comes to it that nobody has tampered with. */
  after(number: number): number {
    if (number < MOST) return number + 1;
    throw new StorageUnavailableError(
      `'${this.path(number)}' has the highest number that there is: give it and what is before it lower ones, in their order`,
    );
  }

  /** Makes a file that was prepared under another name the given number. @returns whether it is the current one now. */
  succeed(prepared: string, number: number): boolean {
    if (!linkOnce(prepared, this.path(number))) return false;
    if (this.current() === number) return true;
    removeIfThere(this.path(number));
    return false;
  }

  /** Removes all numbers before the given one. */
  forgetBefore(number: number): void {
    for (const name of namesIn(this.directory) ?? []) {
      const old = this.#numberOf(name);
      if (old > 0 && old < number) removeIfThere(join(this.directory, name));
    }
  }

  #numberOf(name: string): number {
    if (!name.startsWith(this.#prefix)) return 0;
    const digits = name.slice(this.#prefix.length);
    return /^[1-9]\d{0,14}$/.test(digits) ? Number(digits) : 0; // Up to `MOST`.
  }
}
