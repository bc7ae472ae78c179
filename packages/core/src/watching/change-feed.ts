import type { ChangeListener, Touched } from '../database.js';
import { collections } from '../schema.js';
import { Listeners } from './listeners.js';

/** In Node an open channel keeps the process alive, unless it is told not to. */
type Channel = BroadcastChannel & { unref?(): void };

/**
 * Tells whoever watches which documents were touched: the listeners here and, where the feed has a channel's name, those of
 * all feeds of that name, in whatever tab or worker of the same origin, or thread of the same Node process. What travels is
 * collections and ids, never a document.
 *
 * The channel is opened when it is first needed and stays open until the feed is closed: opening one takes Chromium ten
 * times as long as telling does.
 */
export class ChangeFeed {
  readonly #channelName: string | undefined;
  readonly #listeners: Listeners = new Listeners(() => this.#listen());
  #channel: Channel | undefined;
  #closed = false;

  /** @param channelName of a BroadcastChannel. Default: none, only those are told who watch this very feed. */
  constructor(channelName?: string) {
    this.#channelName = typeof BroadcastChannel === 'undefined' ? undefined : channelName;
  }

  /** Whether anybody may hear what is told. Where not, there is no need to find out what there would be to tell. */
  get isHeard(): boolean {
    return this.#channelName !== undefined || this.#listeners.size > 0;
  }

  /** Calls the listener with all that is told from now on, here or elsewhere. @returns what ends it. */
  watch(listener: ChangeListener): () => void {
    return this.#listeners.watch(listener);
  }

  /** Tells what a write has touched: the listeners here before it returns, the others soon. */
  tell(touched: readonly Touched[]): void {
    this.#listeners.tell(touched);
    this.#open()?.postMessage(touched);
    if (this.#closed) this.#hangUp();
  }

  /**
   * Ends all watching. The listeners are called a last time, with nothing: who waits for a change learns that none will come.
   * The end of a write that was under way may still be told to the others.
   */
  close(): void {
    this.#closed = true;
    this.#listeners.close();
    this.#hangUp();
  }

  #listen(): () => void {
    const channel = this.#open();
    const hear = ({ data }: MessageEvent<unknown>): void => {
      // Anything else is not ours, or of a version that cannot be known here.
      if (isTouchedList(data)) this.#listeners.tell(data);
    };
    channel?.addEventListener('message', hear);
    return () => channel?.removeEventListener('message', hear);
  }

  #open(): Channel | undefined {
    if (this.#channelName === undefined || this.#channel) return this.#channel;
    this.#channel = new BroadcastChannel(this.#channelName);
    this.#channel.unref?.();
    return this.#channel;
  }

  #hangUp(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }
}

function isTouchedList(data: unknown): data is readonly Touched[] {
  return Array.isArray(data) && data.length > 0 && data.every(isTouched);
}

function isTouched(part: unknown): part is Touched {
  if (typeof part !== 'object' || part === null) return false;
  const { collection, ids } = part as Partial<Record<keyof Touched, unknown>>;
  return (
    (collections as readonly unknown[]).includes(collection) &&
    Array.isArray(ids) &&
    ids.every((id) => typeof id === 'string' || typeof id === 'number')
  );
}
