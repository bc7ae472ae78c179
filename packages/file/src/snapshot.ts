import fs from 'node:fs';
import { setImmediate as others } from 'node:timers/promises';
import { collections, type Effect, type Tables } from '@trialbase/core/adapter';
import { extentOf } from './extent.js';
import { onDisk } from './file-system.js';
import { syncData } from './group-sync.js';
import { HEADER_LENGTH, headerLine } from './header.js';
import { lineOf } from './record.js';

/** So many documents go into one line: fewer lines are quicker to read, and longer ones take longer to write at once. */
const DOCUMENTS_PER_LINE = 64;
/** A line with documents of about so many characters is full too: a string, and so a line, cannot be of any length. */
const CHARACTERS_PER_LINE = 1_000_000;

/**
 * Writes the file of a new generation, which must not exist, and makes it durable. Other work of the process goes on in
 * between. When that has changed the documents, the generation `isWanted` no more, and the file is left unfinished.
 *
 * @param by the writer's name.
 */
export async function writeSnapshot(
  path: string,
  generation: number,
  tables: Tables,
  by: string,
  isWanted: () => boolean,
): Promise<void> {
  const fd = onDisk('create', path, () => fs.openSync(path, 'wx'));
  try {
    let end = HEADER_LENGTH;
    for (const effects of inLines(tables)) {
      end += writeAll(fd, path, lineOf({ at: end, by, effects }), end);
      await others();
      if (!isWanted()) return;
    }
    writeAll(fd, path, headerLine(generation, end), 0);
    await syncData(fd, path);
  } finally {
    fs.closeSync(fd);
  }
}

function* inLines(tables: Tables): Generator<Effect[]> {
  let line: Effect[] = [];
  let characters = 0;
  for (const collection of collections) {
    for (const document of tables.documents(collection)) {
      const more = extentOf(document);
      if (
        line.length > 0 &&
        (line.length === DOCUMENTS_PER_LINE || characters + more > CHARACTERS_PER_LINE)
      ) {
        yield line;
        line = [];
        characters = 0;
      }
      line.push({ kind: 'put', collection, document });
      characters += more;
    }
  }
  if (line.length > 0) yield line;
}

/** @returns how many bytes there were. */
function writeAll(fd: number, path: string, bytes: Buffer, position: number): number {
  onDisk('write', path, () => {
    for (let written = 0; written < bytes.length; ) {
      written += fs.writeSync(fd, bytes, written, bytes.length - written, position + written);
    }
  });
  return bytes.length;
}
