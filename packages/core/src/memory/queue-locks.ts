import type { LockOptions, LockSnapshot, Locks } from '../locks/locks.js';

/** Locks within one process: a queue for each name. */
export class QueueLocks implements Locks {
  readonly #queues = new Map<string, Turn[]>();

  async request<T>(name: string, options: LockOptions, callback: () => Promise<T>): Promise<T> {
    options.signal?.throwIfAborted();
    const turn = this.#enqueue(name, options.steal ?? false);
    try {
      await turn.comes(options.signal);
      return await callback();
    } finally {
      this.#leave(name, turn);
    }
  }

  async query(): Promise<LockSnapshot> {
    return { held: [...this.#queues.keys()].map((name) => ({ name, clientId: 'this process' })) };
  }

  #enqueue(name: string, steal: boolean): Turn {
    const turn = new Turn();
    const queue = this.#queues.get(name) ?? [];
    this.#queues.set(name, queue);
    // The robbed holder leaves the queue but goes on: it finds out by its token, not by its lock.
    if (steal) queue.splice(0, 1, turn);
    else queue.push(turn);
    if (queue[0] === turn) turn.come();
    return turn;
  }

  #leave(name: string, turn: Turn): void {
    const queue = this.#queues.get(name);
    const at = queue?.indexOf(turn) ?? -1;
    if (!queue || at < 0) return;
    queue.splice(at, 1);
    if (queue.length === 0) this.#queues.delete(name);
    else if (at === 0) queue[0]?.come();
  }
}

/** A place in a queue. */
class Turn {
  readonly come: () => void;
  readonly #hasCome: Promise<void>;

  constructor() {
    const { promise, resolve } = deferred();
    this.#hasCome = promise;
    this.come = resolve;
  }

  async comes(signal: AbortSignal | undefined): Promise<void> {
    if (!signal) return this.#hasCome;
    const { promise, resolve, reject } = deferred();
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    void this.#hasCome.then(resolve);
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  }
}

interface Deferred {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

function deferred(): Deferred {
  let resolve!: () => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
