import fs from 'node:fs';

/** How often to look although nothing was reported: a process that is killed changes no file. */
const LOOK_EVERY = 100;
/** The same where the platform reports nothing (a network file system, no more watches to be had). */
const LOOK_EVERY_UNWATCHED = 10;

/** Wakes whoever waits for something to change in a directory. */
export class DirectoryChanges {
  readonly #directory: string;
  readonly #prefix: string;
  #watcher: fs.FSWatcher | undefined;
  #watched = false;
  #missed = false;
  #wake: (() => void) | undefined;

  /** @param prefix only files whose names start so are of interest. */
  constructor(directory: string, prefix: string) {
    this.#directory = directory;
    this.#prefix = prefix;
  }

  /**
   * Waits until something may have changed since the last call. The first call only starts to watch and returns, since what
   * came before is not reported.
   *
   * @throws the signal's reason, at once when it is aborted.
   */
  async next(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this.#watched) return this.#watch();
    if (!this.#missed) await this.#reportTimeoutOrAbort(signal);
    this.#missed = false;
    signal.throwIfAborted();
  }

  close(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }

  #watch(): void {
    this.#watched = true;
    try {
      this.#watcher = fs.watch(this.#directory, (_event, name) => this.#report(name));
      this.#watcher.on('error', () => this.close());
    } catch {
      // Not to be watched here: looking every so often does the same, later.
    }
  }

  #report(name: string | null): void {
    if (name !== null && !name.startsWith(this.#prefix)) return;
    this.#missed = true;
    this.#wake?.();
  }

  #reportTimeoutOrAbort(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(wake, this.#watcher ? LOOK_EVERY : LOOK_EVERY_UNWATCHED);
      signal.addEventListener('abort', wake);
      this.#wake = wake;
    });
  }
}
