import type { LockOptions, LockSnapshot, Locks } from './locks.js';

/**
 * The locks of the browser, `navigator.locks`, shared by all pages and workers of the origin; in Node, from 24 on, by the
 * threads of the process. A page that is closed or crashes gives its locks back at once.
 *
 * @param scope tells these locks from others of the origin. Those who ask for the same scope share them.
 * @returns `undefined` where the platform has none: in a page that was not loaded securely, in Node before 24.
 */
export function webLocks(scope: string): Locks | undefined {
  const { navigator } = globalThis as { readonly navigator?: { readonly locks?: LockManager } };
  return navigator?.locks && new WebLocks(navigator.locks, scope);
}

class WebLocks implements Locks {
  readonly #manager: LockManager;
  readonly #prefix: string;

  constructor(manager: LockManager, scope: string) {
    this.#manager = manager;
    // Quoted, so that no scope begins as another one does.
    this.#prefix = `${JSON.stringify(scope)} `;
  }

  async request<T>(name: string, options: LockOptions, callback: () => Promise<T>): Promise<T> {
    for (;;) {
      options.signal?.throwIfAborted();
      const used = await this.#attempt(this.#prefix + name, options, callback);
      if (used) return used.result;
    }
  }

  /** @returns nothing where the lock was stolen before it was used, as thieves do to each other, or the wait was ended. */
  async #attempt<T>(
    name: string,
    { signal, steal }: LockOptions,
    callback: () => Promise<T>,
  ): Promise<{ readonly result: T } | undefined> {
    let running: Promise<T> | undefined;
    let isGivenUp = false;
    const use = (): Promise<T> | undefined => {
      // WebKit lends what it has given up already.
      if (!isGivenUp) running = callback();
      return running;
    };
    try {
      // The platform takes one of the two only. A thief has nothing to wait for.
      await this.#manager.request(name, steal ? { steal } : { ...(signal && { signal }) }, use);
    } catch (error) {
      // Where the lock is stolen the platform gives up the request, but what it was for goes on.
      if (!running) {
        isGivenUp = true;
        if (error instanceof Error && error.name === 'AbortError') return undefined;
        throw error;
      }
    }
    return running && { result: await running };
  }

  async query(): Promise<LockSnapshot> {
    const { held = [] } = await this.#manager.query();
    return { held: held.flatMap((lock) => this.#mine(lock)) };
  }

  /** A lock of this scope, by the name that it has here; nothing for others. */
  #mine({ name = '', ...lock }: LockInfo): LockInfo[] {
    return name.startsWith(this.#prefix) ? [{ ...lock, name: name.slice(this.#prefix.length) }] : [];
  }
}
