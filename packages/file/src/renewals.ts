import type { Effect, Tables } from '@trialbase/core/adapter';
import { puts } from './draft.js';
import type { Generation } from './generation.js';
import type { Generations, Waiting } from './generations.js';
import { Renewal } from './renewal.js';

export interface RenewalOptions {
  /** How many bytes the journal may grow beyond the size of its snapshot before it is written anew. */
  readonly growth: number;
  /** Whether an append is safe only in the stretch of a write, so that the journal has to be sealed there. */
  readonly exclusive: boolean;
}

/** The journal, as it is to those who write it anew. */
export interface Renewable {
  generation(): Generation;
  tables(): Tables;
  catchUp(): void;
  /** Appends a seal. @returns whether it counts. */
  seal(): boolean;
}

/** With fewer documents than this for each byte of growth a snapshot is written so soon that all may as well wait for it. */
const FEW_DOCUMENTS = 1 / 4_096;

/** While all wait for the next generation. */
const WHILE_ALL_WAIT: Waiting = { lookEvery: 5, patience: 200 };
/** While nobody does. */
const ASIDE: Waiting = { lookEvery: 50, patience: 1_000 };

/** Writes a journal anew, in a next generation, when it has grown much longer than what it describes. */
export class Renewals {
  readonly #generations: Generations;
  readonly #options: RenewalOptions;
  readonly #journal: Renewable;
  readonly #writer: string;
  /** The one that this process writes while the journal goes on. */
  #aside: Renewal | undefined;
  #running: Promise<void> | undefined;
  #movingOn: Promise<void> | undefined;
  #postponed = { generation: 0, bytes: 0 };

  /** @param writer the name of who writes to this journal. */
  constructor(generations: Generations, options: RenewalOptions, journal: Renewable, writer: string) {
    this.#generations = generations;
    this.#options = options;
    this.#journal = journal;
    this.#writer = writer;
  }

  /** Whether the journal is to be written anew. */
  get areDue(): boolean {
    return this.#excess > this.#allowance;
  }

  /** Whether it has become so long while it is written anew that who writes to it should wait for that. */
  get areLate(): boolean {
    return this.#running !== undefined && this.#excess > 2 * this.#allowance;
  }

  /** To be told what each record that counts has done, in order. */
  take(effects: readonly Effect[]): void {
    this.#aside?.take(effects);
  }

  /** Writes the journal anew, unless another process is at it or the disk has no room for more. */
  async renew(): Promise<void> {
    this.#running ??= this.#renew().finally(() => {
      this.#running = undefined;
    });
    await this.#running;
  }

  /** Where the journal is sealed, sees to it that there is a next generation. */
  async moveOn(): Promise<void> {
    if (this.#aside?.hasSealed) await this.#running;
    else await this.#makeNext({ first: false });
  }

  /** Resolves when nothing is under way any more. */
  async end(): Promise<void> {
    // Whoever waited for them was told of what went wrong; the journal itself goes on.
    await this.#running?.catch(() => undefined);
    await this.#movingOn?.catch(() => undefined);
  }

  /** How many bytes were appended to the snapshot. */
  get #excess(): number {
    const { end, snapshotEnd } = this.#journal.generation();
    return end - snapshotEnd;
  }

  get #allowance(): number {
    const { number, snapshotEnd } = this.#journal.generation();
    const more = this.#postponed.generation === number ? this.#postponed.bytes : 0;
    return this.#options.growth + snapshotEnd / 2 + more;
  }

  /** Lets the journal grow longer, as it could not be written anew. */
  #postpone(generation: number): void {
    this.#postponed = { generation, bytes: this.#excess };
  }

  async #renew(): Promise<void> {
    this.#journal.catchUp();
    const { number, end, sealed } = this.#journal.generation();
    if (sealed) return;
    try {
      const next = this.#generations.after(number);
      if (!this.#generations.haveRoomFor(end)) this.#postpone(number);
      else if (this.#isSoonDone()) await this.#makeNext({ first: this.#journal.seal() });
      else await this.#makeAside(next);
    } catch (error) {
      this.#postpone(number);
      throw error;
    }
  }

  #isSoonDone(): boolean {
    const { growth, exclusive } = this.#options;
    return exclusive || this.#journal.tables().size < FEW_DOCUMENTS * growth;
  }

  /** Makes the next generation while the journal goes on, unless others are at it. */
  async #makeAside(number: number): Promise<void> {
    const generation = this.#journal.generation();
    const goesOn = (): boolean => this.#journal.generation() === generation && !generation.sealed;
    if (this.#generations.isBegun(number)) {
      if (await this.#generations.areMadeByOthers(number, ASIDE)) return;
      this.#journal.catchUp();
      if (!goesOn()) return;
    }
    this.#aside = new Renewal(this.#generations, number, this.#journal.tables().view());
    try {
      await this.#aside.run(this.#journal, goesOn, this.#writer);
    } finally {
      this.#aside = undefined;
    }
  }

  /**
   * Makes the generation after a sealed one.
   *
   * @param options.first whether to write it at once, and not to look whether another process is at it.
   */
  async #makeNext({ first }: { readonly first: boolean }): Promise<void> {
    this.#movingOn ??= this.#writeNext(first).finally(() => {
      this.#movingOn = undefined;
    });
    await this.#movingOn;
  }

  async #writeNext(first: boolean): Promise<void> {
    const sealed = this.#journal.generation();
    if (!sealed.sealed) return;
    const number = this.#generations.after(sealed.number);
    if (!first && (await this.#generations.areMadeByOthers(number, WHILE_ALL_WAIT))) return;
    const isWanted = (): boolean => this.#journal.generation() === sealed;
    await this.#generations.make(number, this.#writer, async (draft) => {
      if (isWanted()) await draft.write(puts(this.#journal.tables()), isWanted);
      return isWanted();
    });
  }
}
