import fs from 'node:fs';
import {
  CorruptStoreError,
  StorageFullError,
  StorageUnavailableError,
  type TrialbaseError,
  UnsupportedVersionError,
} from '@trialbase/core/adapter';
import { onDisk, openIfThere } from './file-system.js';
import { GroupSync } from './group-sync.js';
import { HEADER_LENGTH, readHeader } from './header.js';
import { readLines } from './line-reader.js';
import { hidesRecord, type JournalRecord, lineOf, readRecord } from './record.js';
import { UnreadableError } from './unreadable.js';

/** Put behind an unended line, which can then never count, also where only its line break was missing. */
const TORN = Buffer.from('!\n');

/** Not `a+`: that would make an empty file of one that was removed just now. */
const APPENDING = fs.constants.O_RDWR | fs.constants.O_APPEND;

/** So many bytes a record may have: a snapshot can say the same with a little more. */
const LONGEST_RECORD = 500_000_000;

const probe = Buffer.alloc(1);

/** One file of the journal: a snapshot, then records, at the end perhaps a seal. */
export class Generation {
  readonly path: string;
  readonly number: number;
  /** Where the snapshot ends. */
  readonly snapshotEnd: number;
  #fd: number;
  #syncs: GroupSync;
  /** Where the last record that counts ended. */
  #end: number = HEADER_LENGTH;
  /** Up to where whole lines were looked at; behind it is at most an unended line. */
  #read: number = HEADER_LENGTH;
  /** How long the file was at the last look. */
  #size = 0;
  /** The lines that do not check out: where each starts, by where it ends. */
  readonly #torn = new Map<number, number>();
  #sealed = false;

  /** Opens a generation at its beginning; `undefined` where there is no such file. */
  static open(path: string, number: number): Generation | undefined {
    const fd = openIfThere(path, APPENDING);
    if (fd === undefined) return undefined;
    try {
      return new Generation(path, number, fd);
    } catch (error) {
      fs.closeSync(fd);
      throw error;
    }
  }

  private constructor(path: string, number: number, fd: number) {
    this.path = path;
    this.number = number;
    this.#fd = fd;
    this.#syncs = new GroupSync(fd, path);
    const line = Buffer.alloc(HEADER_LENGTH - 1);
    onDisk('read', path, () => fs.readSync(fd, line, 0, line.length, 0));
    const header = this.#at(0, () => readHeader(line));
    if (header.generation !== number)
      throw this.#damaged(0, `its header says that it is generation ${header.generation}`);
    this.snapshotEnd = header.snapshot;
  }

  get sealed(): boolean {
    return this.#sealed;
  }

  /** Where the last record that counts ended. */
  get end(): number {
    return this.#end;
  }

  /** Goes to the end of the snapshot without reading it: for who has in memory what is in it. */
  skipSnapshot(): void {
    this.#read = this.snapshotEnd;
    this.#end = this.snapshotEnd;
  }

  /** Whether all of the file was followed, and it is still in its place. */
  isFollowed(): boolean {
    const { size, nlink } = this.#stat();
    return size === this.#size && nlink > 0;
  }

  /**
   * Sees that the file is there, and all that was followed is in it. Sealed, it may be removed, as all of it is in the next generation.
   *
   * @returns `false` where it has to be followed further to tell: it may have been sealed, and removed, just now.
   */
  isPresent(): boolean {
    const { size, nlink } = this.#stat();
    this.#checkLength(size, this.#size);
    if (nlink > 0 || this.#sealed) return true;
    if (size > this.#size) return false;
    throw this.#removed();
  }

  /**
   * Calls `take` for each record that counts and was not seen yet.
   *
   * @throws CorruptStoreError if acknowledged data is damaged. To be found there, a damaged line must be followed by a record that
   * counted on it: the last line damaged cannot be told from one that was never finished.
   */
  follow(take: (record: JournalRecord) => void): void {
    const end = onDisk('read', this.path, () =>
      readLines(this.#fd, this.#read, (line, start, next) => {
        if (line === undefined) throw this.#damaged(start, 'a line is longer than any that is written');
        this.#lookAt(line, start, take);
        this.#read = next;
      }),
    );
    this.#checkLength(end, Math.max(this.#size, this.snapshotEnd));
    this.#size = end;
  }

  /**
   * Appends a record. Everything up to the end of the file must have been followed.
   *
   * @throws InvalidDocumentError if the record is too long. Nothing was written.
   * @returns whether the record counts for sure; if not, something got in between: only following tells.
   */
  append(record: JournalRecord): boolean {
    // The look costs little; a line that loses is read by everybody.
    if (this.#hasNews()) return false;
    const isTailUnended = this.#size > this.#read;
    const own = lineOf(record, LONGEST_RECORD);
    const line = isTailUnended ? Buffer.concat([TORN, own]) : own;
    const { size, nlink } = onDisk('append to', this.path, () => {
      if (fs.writeSync(this.#fd, line) < line.length) throw this.#cutShort();
      return fs.fstatSync(this.#fd);
    });
    this.#checkLength(size, this.#size + line.length);
    if (size > this.#size + line.length) return false;
    if (nlink === 0) throw this.#removed();
    this.#read = this.#size = size;
    this.#count(record, size);
    return true;
  }

  /** Resolves when everything appended so far survives a loss of power. */
  sync(): Promise<void> {
    return this.#syncs.request();
  }

  /** Opens the file anew and stays where it was. @returns whether the file is still there. */
  reopen(): boolean {
    const fd = openIfThere(this.path, APPENDING);
    if (fd === undefined) return false;
    this.close();
    this.#fd = fd;
    this.#syncs = this.#syncs.continuedOn(fd);
    return true;
  }

  close(): void {
    const fd = this.#fd;
    this.#syncs.whenIdle(() => fs.closeSync(fd));
  }

  #hasNews(): boolean {
    return onDisk('read', this.path, () => fs.readSync(this.#fd, probe, 0, 1, this.#size)) > 0;
  }

  #stat(): fs.Stats {
    return onDisk('look at', this.path, () => fs.fstatSync(this.#fd));
  }

  #checkLength(length: number, expected: number): void {
    if (length < expected) throw this.#damaged(length, 'it ends there, and was longer before');
  }

  #lookAt(line: Buffer, start: number, take: (record: JournalRecord) => void): void {
    if (this.#sealed) return;
    const record = this.#at(start, () => readRecord(line));
    if (record === undefined) {
      if (start < this.snapshotEnd) throw this.#damaged(start, 'a line of the snapshot does not check out');
      if (hidesRecord(line, start)) throw this.#damaged(start, 'a line break between two records is gone');
      this.#torn.set(start + line.length + 1, start);
      return;
    }
    const builtOn = this.#torn.get(record.at);
    if (builtOn !== undefined || record.at > this.#end) {
      throw this.#damaged(
        builtOn ?? this.#end,
        `the record at byte ${start} builds on one that does not check out`,
      );
    }
    if (record.at < this.#end) return; // Another was quicker: this one lost the race.
    this.#at(start, () => take(record));
    this.#count(record, start + line.length + 1);
  }

  #count(record: JournalRecord, end: number): void {
    this.#end = end;
    this.#sealed = record.seal === true;
  }

  /** Says of what fails where in the file that was. */
  #at<T>(position: number, look: () => T): T {
    try {
      return look();
    } catch (error) {
      if (!(error instanceof UnreadableError))
        throw this.#damaged(position, 'what is there makes no sense', error);
      if (!error.newer) throw this.#damaged(position, error.message);
      throw new UnsupportedVersionError(
        `'${this.path}' was written by a newer version, see byte ${position}: ${error.message}; upgrade @trialbase/file`,
      );
    }
  }

  #damaged(position: number, why: string, cause?: unknown): CorruptStoreError {
    const remedy = 'nothing was changed; restore a copy, or save what still checks out with salvage()';
    return new CorruptStoreError(`'${this.path}' is damaged at byte ${position}: ${why}; ${remedy}`, {
      cause,
    });
  }

  #removed(): StorageUnavailableError {
    return new StorageUnavailableError(
      `'${this.path}' was removed while in use: restore the store and open it again`,
    );
  }

  #cutShort(): TrialbaseError {
    return new StorageFullError(
      `No room left to append to '${this.path}': make some room and try again; nothing of this was stored`,
    );
  }
}
