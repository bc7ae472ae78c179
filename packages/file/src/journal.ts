import { randomBytes } from 'node:crypto';
import {
  CorruptStoreError,
  type Effect,
  Listeners,
  type Outcomes,
  type Step,
  type Tables,
  touchedBy,
  UnsupportedVersionError,
} from '@trialbase/core/adapter';
import { load, openIfCurrent, removed } from './current-generation.js';
import { difference } from './difference.js';
import { Generation } from './generation.js';
import { Generations } from './generations.js';
import type { JournalRecord } from './record.js';
import { type RenewalOptions, Renewals } from './renewals.js';

/**
 * The documents of a store, in memory, and the journal on disk that they come from and go to. No step of it needs a lock,
 * and no process waits for another, except at the end of writing a new generation.
 */
export class Journal {
  /** They are told what each record touched, whoever wrote it, as soon as this journal has it. */
  readonly listeners: Listeners = new Listeners();
  /** They write it anew when it has grown long. */
  readonly renewals: Renewals;
  readonly #generations: Generations;
  readonly #writer: string = randomBytes(6).toString('base64url');
  #generation: Generation;
  #tables: Tables;
  #damage: Error | undefined;

  /** Opens the journal in a directory, and creates both where they are missing. */
  static async open(directory: string, options: RenewalOptions): Promise<Journal> {
    const generations = new Generations(directory);
    await generations.createFirst();
    return new Journal(generations, options);
  }

  private constructor(generations: Generations, options: RenewalOptions) {
    this.#generations = generations;
    const journal = {
      generation: () => this.#generation,
      tables: () => this.#tables,
      catchUp: () => this.#catchUp(),
      seal: () => this.#append({ seal: true }, () => undefined),
    };
    this.renewals = new Renewals(generations, options, journal, this.#writer);
    [this.#generation, this.#tables] = load(generations);
    try {
      generations.makeLasting();
      generations.tidy(this.#generation.number);
    } catch (error) {
      this.#generation.close();
      throw error;
    }
  }

  /** The documents as the journal has them now. Not to be kept: the next call may have others. */
  current(): Tables {
    if (this.#generation.sealed || !this.#generation.isFollowed()) {
      do this.#catchUp();
      while (!this.#generation.isPresent());
    }
    return this.#tables;
  }

  /**
   * Carries out the steps and appends what they did, in one synchronous stretch. Where another process gets in between, it
   * decides again; of any set of rivals at least one succeeds each time.
   *
   * @returns `undefined` while the journal is sealed: `renewals.moveOn`, and try again.
   */
  write<const S extends readonly Step[]>(steps: S): Outcomes<S> | undefined {
    for (;;) {
      this.#catchUp();
      if (this.#generation.sealed) return undefined;
      const execution = this.#tables.execute(steps);
      const { outcomes, effects } = execution;
      if (effects.length === 0 || this.#append({ effects }, () => execution.undo())) return outcomes;
    }
  }

  /** Resolves when everything read and written so far survives a loss of power. */
  sync(): Promise<void> {
    return this.#generation.sync();
  }

  /** Opens the file anew: network file systems look at the server only then. */
  reopen(): void {
    const { number } = this.#generation;
    if (!this.#generation.reopen() || this.#generations.current() !== number) this.#loadCurrent();
  }

  /** Lets go of the file once what is under way has ended. */
  async close(): Promise<void> {
    await this.renewals.end();
    this.#generation.close();
  }

  /** Appends a record; where it does not count in the end, `undo` was called and the documents are those of the journal again. */
  #append(content: Pick<JournalRecord, 'effects' | 'seal'>, undo: () => void): boolean {
    const record: JournalRecord = { at: this.#generation.end, by: this.#writer, ...content };
    let counts = false;
    try {
      counts = this.#generation.append(record);
    } finally {
      if (!counts) undo();
    }
    if (counts) {
      this.#tell(content.effects ?? []);
      this.renewals.take(content.effects ?? []);
      return true;
    }
    this.#follow(({ at, by }) => {
      counts ||= at === record.at && by === record.by;
    });
    return counts;
  }

  #catchUp(): void {
    do this.#follow();
    while (this.#generation.sealed && this.#useNext());
  }

  #follow(take?: (record: JournalRecord) => void): void {
    if (this.#damage) throw this.#damage;
    const news: Effect[] | undefined = this.listeners.size > 0 ? [] : undefined;
    try {
      this.#generation.follow((record) => {
        if (record.effects) this.#tables.apply(record.effects);
        this.renewals.take(record.effects ?? []);
        if (news) for (const effect of record.effects ?? []) news.push(effect);
        take?.(record);
      });
    } catch (error) {
      // The documents in memory may be half changed now: nothing may be read or decided from them any more.
      if (error instanceof CorruptStoreError || error instanceof UnsupportedVersionError)
        this.#damage = error;
      throw error;
    } finally {
      if (news) this.#tell(news); // Also when a later record could not be read: these are not read again.
    }
  }

  #tell(effects: readonly Effect[]): void {
    if (effects.length > 0 && this.listeners.size > 0) this.listeners.tell(touchedBy(effects));
  }

  /** Goes on in the current generation. @returns whether there is one after this. */
  #useNext(): boolean {
    const number = this.#generations.current();
    if (number < this.#generation.number) throw removed(this.#generations.directory);
    if (number === this.#generation.number) return false;
    if (number !== this.#generation.number + 1) this.#loadCurrent();
    else {
      const next = openIfCurrent(this.#generations, number);
      next?.skipSnapshot();
      if (next) this.#use(next, this.#tables);
    }
    return true;
  }

  /** Goes on in the current generation with what is in it, not knowing what was written in between. */
  #loadCurrent(): void {
    const before = this.#tables;
    this.#use(...load(this.#generations));
    if (this.listeners.size === 0) return;
    const touched = difference(before, this.#tables);
    if (touched.length > 0) this.listeners.tell(touched);
  }

  #use(generation: Generation, tables: Tables): void {
    try {
      this.#generations.makeLasting();
    } catch (error) {
      generation.close(); // Nothing may be acknowledged in it yet: the next call tries again.
      throw error;
    }
    this.#generation.close();
    this.#generation = generation;
    this.#tables = tables;
    this.#generations.tidy(generation.number);
  }
}
