import fs from 'node:fs';
import { LINE_BREAK } from './line.js';

/** Nearly all that is read at once fits. */
const room = Buffer.allocUnsafe(1 << 18);

/**
 * Calls `visit` for each whole line from a position of an open file on, without its line break and with the position at
 * which it starts. The bytes are only there during the call.
 *
 * @returns where the file ended.
 */
export function readLines(fd: number, from: number, visit: (line: Buffer, start: number) => void): number {
  let buffer = room;
  let position = from;
  let kept = 0;
  for (;;) {
    if (kept === buffer.length) buffer = Buffer.concat([buffer], 2 * kept);
    const filled = kept + fs.readSync(fd, buffer, kept, buffer.length - kept, position + kept);
    const done = visitLines(buffer, kept, filled, position, visit);
    position += done;
    if (filled < buffer.length) return position + filled - done;
    buffer.copyWithin(0, done, filled);
    kept = filled - done;
  }
}

/** @returns how many bytes the whole lines took. */
function visitLines(
  buffer: Buffer,
  searchFrom: number,
  filled: number,
  position: number,
  visit: (line: Buffer, start: number) => void,
): number {
  let start = 0;
  for (let stop = buffer.indexOf(LINE_BREAK, searchFrom); stop >= 0 && stop < filled; ) {
    visit(buffer.subarray(start, stop), position + start);
    start = stop + 1;
    stop = buffer.indexOf(LINE_BREAK, start);
  }
  return start;
}
