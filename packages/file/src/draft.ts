import fs from 'node:fs';
import { setImmediate as others } from 'node:timers/promises';
import { collections, type Effect, type TablesView } from '@trialbase/core/adapter';
import { extentOf } from './extent.js';
import { onDisk } from './file-system.js';
import { syncData } from './group-sync.js';
import { HEADER_LENGTH, headerLine } from './header.js';
import { lineOf } from './record.js';

/** So many effects go into one line: fewer lines are quicker to read, and longer ones take longer to write at once. */
const EFFECTS_PER_LINE = 64;
/** A line with documents of about so many characters is full too: a string, and so a line, cannot be of any length. */
const CHARACTERS_PER_LINE = 1_000_000;

/** The file of a new generation while it is being written. Nobody can take it for whole: its header comes last. */
export class Draft {
  readonly path: string;
  readonly #fd: number;
  readonly #by: string;
  #end = HEADER_LENGTH;

  /**
   * Creates the file, which must not exist.
   *
   * @param by the writer's name.
   */
  static create(path: string, by: string): Draft {
    return new Draft(
      path,
      onDisk('create', path, () => fs.openSync(path, 'wx')),
      by,
    );
  }

  private constructor(path: string, fd: number, by: string) {
    this.path = path;
    this.#fd = fd;
    this.#by = by;
  }

  /** Writes effects, in lines. Other work of the process goes on in between; that may end this, when the draft `isWanted` no more. */
  async write(effects: Iterable<Effect>, isWanted: () => boolean): Promise<void> {
    for (const line of inLines(effects)) {
      this.#writeLine(line);
      await others();
      if (!isWanted()) return;
    }
  }

  /** Writes effects while everything else waits. */
  writeAtOnce(effects: Iterable<Effect>): void {
    for (const line of inLines(effects)) this.#writeLine(line);
  }

  /** Makes what is written so far durable. */
  async sync(): Promise<void> {
    await syncData(this.#fd, this.path);
  }

  /** Writes the header, with which the file is a whole generation, and makes it durable. */
  async complete(generation: number): Promise<void> {
    this.#writeAll(headerLine(generation, this.#end), 0);
    await this.sync();
  }

  close(): void {
    fs.closeSync(this.#fd);
  }

  #writeLine(effects: readonly Effect[]): void {
    const line = lineOf({ at: this.#end, by: this.#by, effects });
    this.#writeAll(line, this.#end);
    this.#end += line.length;
  }

  #writeAll(bytes: Buffer, position: number): void {
    onDisk('write', this.path, () => {
      for (let written = 0; written < bytes.length; ) {
        written += fs.writeSync(this.#fd, bytes, written, bytes.length - written, position + written);
      }
    });
  }
}

/** Documents as the effects that put them. */
export function* puts(documents: Pick<TablesView, 'documents'>): Generator<Effect> {
  for (const collection of collections) {
    for (const document of documents.documents(collection)) yield { kind: 'put', collection, document };
  }
}

function* inLines(effects: Iterable<Effect>): Generator<Effect[]> {
  let line: Effect[] = [];
  let characters = 0;
  for (const effect of effects) {
    const more = charactersOf(effect);
    if (line.length > 0 && (line.length === EFFECTS_PER_LINE || characters + more > CHARACTERS_PER_LINE)) {
      yield line;
      line = [];
      characters = 0;
    }
    if (more > CHARACTERS_PER_LINE && effect.kind === 'put') yield* inParts(effect);
    else {
      line.push(effect);
      characters += more;
    }
  }
  if (line.length > 0) yield line;
}

/** A large document field by field, in lines: what several writes have made it may fit in none. */
function* inParts({ collection, document }: Extract<Effect, { kind: 'put' }>): Generator<Effect[]> {
  const fields = { ...document };
  const large: Effect[] = [];
  let characters = 0;
  for (const [field, value] of Object.entries(document)) {
    const more = extentOf(value);
    if (field === '_id' || characters + more <= CHARACTERS_PER_LINE) characters += more;
    else {
      fields[field] = null; // Keeps its place.
      large.push({ kind: 'set', collection, id: document._id, fields: { [field]: value } });
    }
  }
  yield [{ kind: 'put', collection, document: fields }];
  for (const effect of large) yield [effect];
}

function charactersOf(effect: Effect): number {
  if (effect.kind === 'put') return extentOf(effect.document);
  return effect.kind === 'set' ? extentOf(effect.fields) : 0;
}
