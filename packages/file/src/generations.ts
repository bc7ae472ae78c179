import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StorageUnavailableError, schema, Tables } from '@trialbase/core/adapter';
import { Draft, puts } from './draft.js';
import { makeLastingDirectory, namesIn, onDisk, removeIfThere, syncDirectory } from './file-system.js';
import { Succession } from './succession.js';

/** A generation that is being written, by a process that may have been killed since. */
const UNFINISHED = /^next-(\d+)-[\da-f-]{36}$/;
/** What may stand in a store besides generations. */
const OURS = /^(next-\d+-[\da-f-]{36}|locks|exclusive)$/;

/** How to wait for another process that writes a generation. */
export interface Waiting {
  /** How often to look, in milliseconds. */
  readonly lookEvery: number;
  /** For how long the file may not grow before one takes it that nobody is at it any more, in milliseconds. */
  readonly patience: number;
}

/** The files of a journal in a store's directory. */
export class Generations extends Succession {
  constructor(directory: string) {
    super(directory, 'journal');
  }

  /**
   * Creates the directory and the first generation, unless there are generations.
   *
   * @param tables the documents to begin with.
   * @throws StorageUnavailableError if the directory is not empty and no store.
   */
  async createFirst(tables: Tables = new Tables(schema)): Promise<void> {
    makeLastingDirectory(this.directory);
    const names = namesIn(this.directory) ?? [];
    if (this.current(names) > 0) return;
    const foreign = names.find((name) => !OURS.test(name));
    if (foreign !== undefined) {
      throw new StorageUnavailableError(
        `'${this.directory}' is no store: it holds '${foreign}' and no journal; choose an empty directory, or one that does not exist`,
      );
    }
    await this.make(1, 'creation', async (draft) => {
      await draft.write(puts(tables), () => true);
      return true;
    });
  }

  /**
   * Makes a generation the current one, unless it is there already by then.
   *
   * @param by the writer's name.
   * @param write writes what it begins with. @returns whether it is still wanted.
   */
  async make(number: number, by: string, write: (draft: Draft) => Promise<boolean>): Promise<void> {
    const draft = Draft.create(join(this.directory, `next-${number}-${randomUUID()}`), by);
    try {
      if (!(await write(draft))) return;
      await draft.complete(number);
      this.succeed(draft.path, number);
    } finally {
      draft.close();
      removeIfThere(draft.path);
    }
  }

  /** Whether somebody has begun to write the given generation. He may have been killed since. */
  isBegun(number: number): boolean {
    return this.#unfinished(number).length > 0;
  }

  /**
   * Waits while another process writes the given generation.
   *
   * @returns whether it is there now.
   */
  async areMadeByOthers(number: number, { lookEvery, patience }: Waiting): Promise<boolean> {
    let size = -1;
    let grewAt = 0;
    while (this.current() < number) {
      const before = size;
      size = this.#unfinished(number).reduce((sum, name) => sum + this.#sizeOf(name), 0);
      if (size !== before) grewAt = performance.now();
      if (performance.now() - grewAt > patience) return false; // Nobody is at it any more, or was at all.
      await sleep(lookEvery);
    }
    return true;
  }

  /** Makes the names of the generations survive a loss of power: a write to one is safe only if its name is. */
  makeLasting(): void {
    syncDirectory(this.directory);
  }

  /** Removes what nobody needs any more once the name of the current generation is lasting: the old ones and the unfinished ones. */
  tidy(current: number): void {
    this.forgetBefore(current);
    for (const name of this.#unfinished()) {
      if (Number(UNFINISHED.exec(name)?.[1]) <= current) removeIfThere(join(this.directory, name));
    }
  }

  /** Whether the disk has room for so many bytes more. */
  haveRoomFor(bytes: number): boolean {
    const { bavail, bsize } = onDisk('look at', this.directory, () => fs.statfsSync(this.directory));
    return bavail * bsize > bytes;
  }

  #unfinished(number?: number): string[] {
    const names = (namesIn(this.directory) ?? []).filter((name) => UNFINISHED.test(name));
    return number === undefined ? names : names.filter((name) => name.startsWith(`next-${number}-`));
  }

  #sizeOf(name: string): number {
    const path = join(this.directory, name);
    return onDisk('look at', path, () => fs.statSync(path, { throwIfNoEntry: false }))?.size ?? 0;
  }
}
