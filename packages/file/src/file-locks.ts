import { join } from 'node:path';
import {
  type LockOptions,
  type LockSnapshot,
  type Locks,
  QueueLocks,
  StorageClosedError,
} from '@trialbase/core/adapter';
import { namesIn } from './file-system.js';
import { holderOf, isLockDirectory, LockFile } from './lock-file.js';
import type { Turn } from './turn.js';

/**
 * Locks shared by all processes that can reach one directory. Within the process, requests for the same lock wait in
 * memory, in the order in which they came; one at a time stands in line with the other processes.
 */
export class FileLocks implements Locks {
  readonly #directory: string;
  readonly #staleAfter: number;
  readonly #queue: QueueLocks = new QueueLocks();
  readonly #waits = new Set<AbortController>();
  readonly #turns = new Set<Turn>();
  #closed = false;

  /** @param staleAfter how long a living process may show no sign of life before its locks are taken, in milliseconds. */
  constructor(directory: string, staleAfter: number) {
    this.#directory = directory;
    this.#staleAfter = staleAfter;
  }

  async request<T>(name: string, options: LockOptions, callback: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new StorageClosedError();
    options.signal?.throwIfAborted();
    return this.#during(await this.#take(name, options), callback);
  }

  async query(): Promise<LockSnapshot> {
    const held = [];
    const locks = (namesIn(this.#directory) ?? []).filter(isLockDirectory);
    for (const lock of locks) {
      const claim = holderOf(join(this.#directory, lock));
      if (claim)
        held.push({ name: claim.lock, clientId: `pid ${claim.pid} on ${claim.host} since ${claim.since}` });
    }
    return { held };
  }

  /** Ends all waits with a {@link StorageClosedError} and gives back all locks that are held through here. */
  close(): void {
    this.#closed = true;
    for (const wait of this.#waits) wait.abort(new StorageClosedError());
    for (const turn of this.#turns) turn.end();
  }

  async #take(name: string, options: LockOptions): Promise<Turn> {
    const { steal = false } = options;
    const file = new LockFile(this.#directory, name);
    return this.#wait(options, (signal) => {
      const take = (): Promise<Turn> => file.take({ signal, steal, staleAfter: this.#staleAfter });
      // The queue is left with the file in hand: a holder that is robbed of it must keep nobody waiting.
      return steal ? take() : this.#queue.request(name, { signal }, take);
    });
  }

  /** A wait that ends when the caller's signal says so, or at `close()`. */
  async #wait({ signal }: LockOptions, start: (signal: AbortSignal) => Promise<Turn>): Promise<Turn> {
    const wait = new AbortController();
    const abort = (): void => wait.abort(signal?.reason);
    signal?.addEventListener('abort', abort);
    this.#waits.add(wait);
    try {
      return await start(wait.signal);
    } finally {
      this.#waits.delete(wait);
      signal?.removeEventListener('abort', abort);
    }
  }

  async #during<T>(turn: Turn, callback: () => Promise<T>): Promise<T> {
    this.#turns.add(turn);
    try {
      return await callback();
    } finally {
      this.#turns.delete(turn);
      turn.end();
    }
  }
}
