import { join, resolve } from 'node:path';
import {
  type ChangeListener,
  type Collection,
  type Condition,
  checkOptions,
  EventLoopTurns,
  type Fields,
  type FindOptions,
  InvalidConfigurationError,
  Listeners,
  type Locks,
  type OpenDatabase,
  type Outcomes,
  type Step,
  StorageClosedError,
  StorageUnavailableError,
  type WriteOptions,
} from '@trialbase/core/adapter';
import { FileLocks } from './file-locks.js';
import { makeLastingDirectory } from './file-system.js';
import { remoteKindOf } from './file-system-kind.js';
import { Generations } from './generations.js';
import { Journal } from './journal.js';
import { watchJournal } from './journal-watch.js';

/** How to open a store in a directory. */
export interface FileOptions {
  /** The directory of the store. */
  readonly path: string;
  /** Whether to create the store where there is none. Default: `true`. */
  readonly create?: boolean;
  /**
   * What an acknowledged write survives. `relaxed`: the death of the process. `strict`: a loss of power too, for the price of a
   * wait for the disk with each write. Default: `relaxed`.
   */
  readonly durability?: 'relaxed' | 'strict';
  /**
   * Takes a lock for each write, for file systems on which two appends can overlap (NFS, SMB, FUSE). All processes must then do
   * so. Default: `false`; where the file system is known to be of that kind, there is no default.
   */
  readonly exclusive?: boolean;
  /** How long the holder of a lock may show no sign of life before others take the lock, in milliseconds. Default: 10,000. */
  readonly staleAfter?: number;
  /** By how many bytes the journal may outgrow what it describes before it is written anew. Default: 8,388,608. */
  readonly growth?: number;
}

/**
 * Opens the store in a directory, shared with all other processes that have it open.
 *
 * @throws StorageUnavailableError if the directory cannot be read and written, or holds something else.
 * @throws StorageFullError if there is no room.
 * @throws CorruptStoreError if acknowledged data is damaged. `salvage` saves the rest.
 * @throws UnsupportedVersionError if a newer version wrote the store.
 * @throws InvalidConfigurationError if an option makes no sense, or the file system asks for `exclusive`.
 */
export async function openFile(options: FileOptions): Promise<OpenDatabase & { readonly locks: Locks }> {
  const settings = checked(options);
  if (settings.create) makeLastingDirectory(settings.path);
  else requireStore(settings.path);
  requireSafeAppends(settings.path, options.exclusive);
  return new FileDatabase(settings, await Journal.open(settings.path, settings));
}

const known = ['path', 'create', 'durability', 'exclusive', 'staleAfter', 'growth'] as const;

type Settings = Required<FileOptions>;

function checked(options: FileOptions): Settings {
  const {
    path,
    create = true,
    durability = 'relaxed',
    exclusive = false,
    staleAfter = 10_000,
    growth = 8_388_608,
  } = checkOptions('openFile', options, known);
  if (typeof path !== 'string' || path === '' || path.includes('\0'))
    throw invalid('path', path, 'the path of a directory');
  if (durability !== 'relaxed' && durability !== 'strict')
    throw invalid('durability', durability, "'relaxed' or 'strict'");
  if (typeof exclusive !== 'boolean') throw invalid('exclusive', exclusive, 'true or false');
  if (!isAtLeast(100, staleAfter)) throw invalid('staleAfter', staleAfter, 'at least 100 milliseconds');
  if (!isAtLeast(0, growth)) throw invalid('growth', growth, 'a number of bytes');
  if (typeof create !== 'boolean') throw invalid('create', create, 'true or false');
  return { path: resolve(path), create, durability, exclusive, staleAfter, growth };
}

function isAtLeast(least: number, value: unknown): boolean {
  return typeof value === 'number' && value >= least;
}

function invalid(option: string, value: unknown, expected: string): InvalidConfigurationError {
  return new InvalidConfigurationError(`The option '${option}' is ${String(value)}: give ${expected}`);
}

function requireStore(path: string): void {
  if (new Generations(path).current() > 0) return;
  throw new StorageUnavailableError(
    `There is no store in '${path}': check the path, or create one there, in a shell by 'trialbase db setup'`,
  );
}

function requireSafeAppends(path: string, exclusive: boolean | undefined): void {
  const kind = exclusive === undefined ? remoteKindOf(path) : undefined;
  if (kind === undefined) return;
  throw new InvalidConfigurationError(
    `'${path}' is on ${kind}, where the appends of two processes can overlap: pass exclusive: true in all processes, ` +
      'or exclusive: false if one process alone writes, or choose a local directory',
  );
}

class FileDatabase implements OpenDatabase {
  readonly locks: Locks;
  readonly #settings: Settings;
  readonly #journal: Journal;
  readonly #listeners: Listeners = new Listeners((tell) => this.#follow(tell));
  readonly #letGo: () => void;
  readonly #writes: FileLocks;
  readonly #turns: EventLoopTurns = new EventLoopTurns();
  #closed = false;

  constructor(settings: Settings, journal: Journal) {
    const locks = new FileLocks(join(settings.path, 'locks'), settings.staleAfter);
    this.locks = locks;
    this.#settings = settings;
    this.#journal = journal;
    this.#writes = new FileLocks(join(settings.path, 'exclusive'), settings.staleAfter);
    this.#letGo = () => {
      locks.close();
      this.#writes.close();
    };
  }

  async find(collection: Collection, where: Condition, options?: FindOptions): Promise<Fields[]> {
    await this.#turns.due();
    return this.#open().current().find(collection, where, options);
  }

  async count(collection: Collection, where: Condition): Promise<number> {
    await this.#turns.due();
    return this.#open().current().count(collection, where);
  }

  async write<const S extends readonly Step[]>(steps: S, options: WriteOptions = {}): Promise<Outcomes<S>> {
    const { durability = this.#settings.durability } = options;
    // Network file systems keep a write to themselves until they are told to send it.
    if (this.#settings.exclusive) return this.#writes.request('writes', {}, () => this.#write(steps, true));
    return this.#write(steps, durability === 'strict');
  }

  watch(listener: ChangeListener): () => void {
    this.#open().current(); // What was written before is no news.
    return this.#listeners.watch(listener);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#listeners.close();
    this.#letGo();
    await this.#journal.close();
  }

  async #write<const S extends readonly Step[]>(steps: S, lasting: boolean): Promise<Outcomes<S>> {
    await this.#turns.due();
    for (;;) {
      const journal = this.#open();
      if (journal.renewals.areLate) {
        await journal.renewals.renew().catch(() => undefined);
        continue;
      }
      const outcomes = journal.write(steps);
      if (outcomes === undefined) {
        await journal.renewals.moveOn();
        continue;
      }
      const safe = lasting ? journal.sync() : undefined;
      // The write is done, whatever becomes of this: the next one meets the same trouble, and tells.
      if (journal.renewals.areDue) journal.renewals.renew().catch(() => undefined);
      if (safe) await safe;
      return outcomes;
    }
  }

  /** Looks at the journal as it grows, for those who watch. */
  #follow(tell: ChangeListener): () => void {
    const stopTelling = this.#journal.listeners.watch(tell);
    const stopLooking = watchJournal(this.#settings.path, () => {
      try {
        this.#open().current();
      } catch {
        tell([]); // Whoever watches then reads, and is given the error.
      }
    });
    return () => {
      stopLooking();
      stopTelling();
    };
  }

  /** The journal, for one call. */
  #open(): Journal {
    if (this.#closed) throw new StorageClosedError(`The store in '${this.#settings.path}'`);
    if (this.#settings.exclusive) this.#journal.reopen();
    return this.#journal;
  }
}
