import fs from 'node:fs';

const CHUNK = 1 << 20;
const LINE_BREAK = 0x0a;

/**
 * Calls `visit` for each whole line between two positions of an open file, without its line break and with the position
 * at which it starts. The bytes are only there during the call.
 */
export function readLines(
  fd: number,
  from: number,
  to: number,
  visit: (line: Buffer, start: number) => void,
): void {
  let buffer = Buffer.allocUnsafe(Math.min(CHUNK, to - from));
  let position = from;
  let kept = 0;
  while (position + kept < to) {
    if (kept === buffer.length) buffer = Buffer.concat([buffer], 2 * kept);
    const wanted = Math.min(buffer.length - kept, to - position - kept);
    const filled = kept + fs.readSync(fd, buffer, kept, wanted, position + kept);
    if (filled === kept) return;
    const done = visitLines(buffer.subarray(0, filled), kept, position, visit);
    buffer.copyWithin(0, done, filled);
    position += done;
    kept = filled - done;
  }
}

/** @returns how many bytes the whole lines took. */
function visitLines(
  bytes: Buffer,
  searchFrom: number,
  position: number,
  visit: (line: Buffer, start: number) => void,
): number {
  let start = 0;
  for (let stop = bytes.indexOf(LINE_BREAK, searchFrom); stop >= 0; stop = bytes.indexOf(LINE_BREAK, start)) {
    visit(bytes.subarray(start, stop), position + start);
    start = stop + 1;
  }
  return start;
}
