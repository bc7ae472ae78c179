import fs from 'node:fs';
import { StorageUnavailableError } from '@trialbase/core/adapter';
import { onDisk, storageError } from './file-system.js';

/** A disk that is done within so many milliseconds is waited for: to hand the wait to another thread and back costs as much. */
const QUICK = 1;

/**
 * Makes a file's data survive a loss of power, for many callers at once: those who ask in the same turn, and those who
 * ask while others are being served, share the next `fdatasync`.
 */
export class GroupSync {
  readonly #fd: number;
  readonly #path: string;
  #last = Number.POSITIVE_INFINITY;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #failure: Error | undefined;

  constructor(fd: number, path: string) {
    this.#fd = fd;
    this.#path = path;
  }

  /** The same for a file that was opened anew. What was not made safe through the one is not safe through the other either. */
  continuedOn(fd: number): GroupSync {
    const syncs = new GroupSync(fd, this.#path);
    syncs.#failure = this.#failure;
    return syncs;
  }

  /**
   * Resolves when all that was written before this call is safe. Once the disk has failed, all later calls fail too: what a
   * failed sync has lost, a later one would report as safe.
   *
   * @throws StorageUnavailableError if it is not safe. It is written and seen by all.
   */
  request(): Promise<void> {
    this.#next ??= Promise.resolve(this.#running).then(() => this.#start());
    return this.#next;
  }

  /** Calls `action` when no sync is under way. */
  whenIdle(action: () => void): void {
    const last = this.#next ?? this.#running;
    if (last) void last.then(action, action);
    else action();
  }

  async #start(): Promise<void> {
    this.#running = this.#next;
    this.#next = undefined;
    if (this.#failure) throw this.#failure;
    const start = performance.now();
    try {
      if (this.#last < QUICK) onDisk('sync', this.#path, () => fs.fdatasyncSync(this.#fd));
      else await syncData(this.#fd, this.#path);
    } catch (error) {
      this.#failure = notSafe(this.#path, error);
      throw this.#failure;
    }
    this.#last = performance.now() - start;
    if (this.#next === undefined) this.#running = undefined;
  }
}

/** Not a `StorageFullError`, also where the disk ran out of room only now: that would promise that nothing was stored. */
function notSafe(path: string, cause: unknown): StorageUnavailableError {
  return new StorageUnavailableError(
    `What was written to '${path}' is there for all to see, but may not survive a loss of power: the disk failed to keep it; ` +
      'see the cause, open the store again, and look what it holds before you write it anew',
    { cause },
  );
}

/** Makes the data of an open file survive a loss of power. */
export function syncData(fd: number, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    fs.fdatasync(fd, (error) => (error ? reject(storageError(error, 'sync', path)) : resolve()));
  });
}
