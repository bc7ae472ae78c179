import fs from 'node:fs';
import { LINE_BREAK, LONGEST_LINE } from './line.js';

/** Nearly all that is read at once fits. */
const room = Buffer.allocUnsafe(1 << 18);

/**
 * Takes a line without its line break. The bytes are only there during the call; there are none of a line that is longer
 * than any that is written, ended or not.
 */
export type LineVisitor = (line: Buffer | undefined, start: number, end: number) => void;

/**
 * Calls `visit` for each whole line from a position of an open file on, with the positions at which it starts and the next one does.
 *
 * @returns where the file ended.
 */
export function readLines(fd: number, from: number, visit: LineVisitor): number {
  let buffer = room;
  let position = from;
  let kept = 0;
  for (;;) {
    if (kept > LONGEST_LINE) {
      const end = endOfLine(fd, position + kept);
      visit(undefined, position, end);
      [buffer, position, kept] = [room, end, 0];
    } else if (kept === buffer.length) buffer = Buffer.concat([buffer], 2 * kept);
    const filled = kept + fs.readSync(fd, buffer, kept, buffer.length - kept, position + kept);
    const done = visitLines(buffer, kept, filled, position, visit);
    position += done;
    if (filled < buffer.length) return position + filled - done;
    buffer.copyWithin(0, done, filled);
    kept = filled - done;
  }
}

/** @returns where the line ends, with its line break, that goes on at a position; or the file. */
function endOfLine(fd: number, from: number): number {
  for (let position = from; ; position += room.length) {
    const filled = fs.readSync(fd, room, 0, room.length, position);
    const stop = room.indexOf(LINE_BREAK);
    if (stop >= 0 && stop < filled) return position + stop + 1;
    if (filled < room.length) return position + filled;
  }
}

/** @returns how many bytes the whole lines took. */
function visitLines(
  buffer: Buffer,
  searchFrom: number,
  filled: number,
  position: number,
  visit: LineVisitor,
): number {
  let start = 0;
  for (let stop = buffer.indexOf(LINE_BREAK, searchFrom); stop >= 0 && stop < filled; ) {
    visit(buffer.subarray(start, stop), position + start, position + stop + 1);
    start = stop + 1;
    stop = buffer.indexOf(LINE_BREAK, start);
  }
  return start;
}
