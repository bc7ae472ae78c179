/**
 * A lock of the platform: who has it has the turn. The port has the shape of `navigator.locks`, so that in a browser
 * the platform's own object is the adapter.
 */
export interface Locks {
  /**
   * Waits for the lock called `name`, holds it while `callback` runs, and frees it when that settles.
   * Resolves or rejects as the callback does, even if the lock was stolen meanwhile. Waiters are served in the order in
   * which they came.
   *
   * @throws the signal's reason if it is aborted before the lock was obtained.
   */
  request<T>(name: string, options: LockOptions, callback: () => Promise<T>): Promise<T>;
  /** Who holds the locks now. */
  query(): Promise<LockSnapshot>;
}

/** How a lock is waited for. A part of `LockOptions` of the Web Locks API. */
export interface LockOptions {
  /** Ends the wait. */
  readonly signal?: AbortSignal;
  /** Takes the lock at once, whoever holds it; the former holder is not stopped. Default: false. */
  readonly steal?: boolean;
}

/** The locks that are held at one moment. A part of `LockManagerSnapshot` of the Web Locks API. */
export interface LockSnapshot {
  readonly held?: readonly { readonly name?: string; readonly clientId?: string }[];
}
