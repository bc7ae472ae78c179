import fs from 'node:fs';
import { storageError } from './file-system.js';

/**
 * Makes a file's data survive a loss of power, for many callers at once: those who ask while others are being served
 * share the next `fdatasync`.
 */
export class GroupSync {
  readonly #fd: number;
  readonly #path: string;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(fd: number, path: string) {
    this.#fd = fd;
    this.#path = path;
  }

  /**
   * Resolves when all that was written before this call is safe. Once the disk has failed, all later calls fail too: what a
   * failed sync has lost, a later one would report as safe.
   */
  request(): Promise<void> {
    if (this.#next) return this.#next;
    if (this.#running) {
      this.#next = this.#running.then(() => this.#start());
      return this.#next;
    }
    return this.#start();
  }

  /** Calls `action` when no sync is under way. */
  whenIdle(action: () => void): void {
    const last = this.#next ?? this.#running;
    if (last) void last.then(action, action);
    else action();
  }

  #start(): Promise<void> {
    this.#next = undefined;
    const running = syncData(this.#fd, this.#path).then(() => {
      if (this.#running === running) this.#running = undefined;
    });
    this.#running = running;
    return running;
  }
}

/** Makes the data of an open file survive a loss of power. */
export function syncData(fd: number, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    fs.fdatasync(fd, (error) => (error ? reject(storageError(error, 'sync', path)) : resolve()));
  });
}
