import fs from 'node:fs';
import { dirname } from 'node:path';
import { StorageFullError, StorageUnavailableError, TrialbaseError } from '@trialbase/core/adapter';

/**
 * Runs one action on the file system. What it throws comes out as an error of Trialbase that says what was being done,
 * to which path, and what to do about it.
 *
 * @param doing what is done to the path, in the words of a sentence: `append to`.
 * @throws StorageFullError if there is no room.
 * @throws StorageUnavailableError for everything else.
 */
export function onDisk<T>(doing: string, path: string, action: () => T): T {
  try {
    return process.platform === 'win32' ? patiently(action) : action();
  } catch (error) {
    throw storageError(error, doing, path);
  }
}

/** The typed error for what `node:fs` threw, or passed to a callback, while `doing` something to `path`. */
export function storageError(error: unknown, doing: string, path: string): TrialbaseError {
  if (error instanceof TrialbaseError) return error;
  const code = errnoOf(error);
  if (code !== undefined && NO_ROOM.has(code)) {
    const remedy = 'make some room and try again; nothing of this was stored';
    return new StorageFullError(`No room left to ${doing} '${path}': ${remedy}`, { cause: error });
  }
  const remedy = REMEDIES[code ?? ''] ?? `see the cause (${code ?? String(error)})`;
  return new StorageUnavailableError(`Cannot ${doing} '${path}': ${remedy}`, { cause: error });
}

/** No room on the disk, in the quota, and under the limit on the size of a file. */
const NO_ROOM = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

const NOT_ALLOWED = "this user has no permission; change the owner or the mode of the store's directory";

const REMEDIES: Readonly<Record<string, string>> = {
  EACCES: NOT_ALLOWED,
  EPERM: `${NOT_ALLOWED}, and see that the file system has hard links`,
  EROFS: 'the file system is mounted read-only; mount it for writing or choose another path',
  ENOENT: 'it does not exist, or was removed or moved while in use; check the path and open the store again',
  ENOTDIR: 'a part of the path is a file; choose the path of a directory',
  EEXIST: 'it exists and is not a directory; choose the path of a directory',
  ENOTSUP: 'the file system does not support that, hard links for example; choose a directory on another one',
  EMFILE: 'too many files are open; close some or raise the limit (ulimit -n)',
  ENFILE: 'too many files are open on this machine; close some or raise the limit',
  EIO: 'the disk failed; check it, and restore the store from a copy if need be',
};

/** The error number's name (`ENOENT`) of what `node:fs` threw. */
function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** Opens a file; `undefined` where there is none. The caller closes it. */
export function openIfThere(path: string, flags: string | number): number | undefined {
  return onDisk('open', path, () => unless('ENOENT', () => fs.openSync(path, flags)));
}

/**
 * Gives a file a second name, unless that name is taken.
 *
 * @returns whether it was given; `false` too where the file itself is gone.
 */
export function linkOnce(existing: string, name: string): boolean {
  return onDisk('create', name, () => {
    try {
      fs.linkSync(existing, name);
      return true;
    } catch (error) {
      const code = errnoOf(error);
      if (code === 'EEXIST' || code === 'ENOENT') return false;
      throw error;
    }
  });
}

/** Removes a file, or does nothing where there is none. */
export function removeIfThere(path: string): void {
  onDisk('remove', path, () => unless('ENOENT', () => fs.unlinkSync(path)));
}

/** The names in a directory; `undefined` where there is no such directory. */
export function namesIn(directory: string): readonly string[] | undefined {
  return onDisk('list', directory, () => unless('ENOENT', () => fs.readdirSync(directory)));
}

/** Creates a directory with those above it, where they are missing. */
export function makeDirectory(path: string): void {
  onDisk('create the directory', path, () => fs.mkdirSync(path, { recursive: true }));
}

/** Creates a directory with those above it, where they are missing, so that they survive a loss of power. */
export function makeLastingDirectory(path: string): void {
  const first = onDisk('create the directory', path, () => fs.mkdirSync(path, { recursive: true }));
  if (first === undefined) return;
  for (let made = path; made.length >= first.length; made = dirname(made)) syncDirectory(dirname(made));
}

/** Makes the names in a directory survive a loss of power. */
export function syncDirectory(path: string): void {
  if (process.platform === 'win32') return; // NTFS has no such call: its own journal covers names.
  onDisk('sync the directory', path, () => {
    const fd = fs.openSync(path, 'r');
    try {
      fs.fsyncSync(fd);
    } finally {
      fs.closeSync(fd);
    }
  });
}

function unless<T>(expected: string, action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (errnoOf(error) === expected) return undefined;
    throw error;
  }
}

const BUSY = new Set(['EPERM', 'EBUSY', 'EACCES']);
const BUSY_TRIES = 20;
const BUSY_PAUSE = 10;

/** Windows refuses to open, rename or remove a file for a moment while a scanner or an indexer has it open. */
function patiently<T>(action: () => T): T {
  for (let left = BUSY_TRIES; ; left -= 1) {
    try {
      return action();
    } catch (error) {
      if (left === 0 || !BUSY.has(errnoOf(error) ?? '')) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BUSY_PAUSE);
    }
  }
}
