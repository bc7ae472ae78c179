const BYTES = 16;
/** How many ids one call for random bytes serves: asking for them costs more than all the rest. */
const POOL = 256 * BYTES;

const pool = new Uint8Array(POOL);
const numbers = new DataView(pool.buffer);
const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
let next = POOL;
let latest = 0;
let count = 0;

/**
 * A new UUID of version 7 (RFC 9562): its text sorts by the time at which it was made, and within one process by the
 * order in which it was made, also within a millisecond and when the clock is set back.
 */
export function createUuid(): string {
  if (next === POOL) {
    crypto.getRandomValues(pool);
    next = 0;
  }
  const at = next;
  next += BYTES;
  const now = Date.now();
  if (now > latest) {
    latest = now;
    // Of the 32 bits of the counter the highest starts at 0, which leaves room to count up.
    count = numbers.getUint32(at) >>> 1;
  } else {
    count += 1;
  }
  writeTime(at);
  writeCount(at);
  return textAt(at);
}

function writeTime(at: number): void {
  numbers.setUint32(at, latest / 2 ** 16);
  numbers.setUint16(at + 4, latest);
}

/** Behind 4 bits of the version, and 2 that tell this kind of UUID from others. */
function writeCount(at: number): void {
  numbers.setUint16(at + 6, 0x7000 | (count >>> 20));
  numbers.setUint16(at + 8, 0x8000 | ((count >>> 6) & 0x3fff));
  numbers.setUint8(at + 10, count << 2);
}

function textAt(at: number): string {
  let text = '';
  for (let i = 0; i < BYTES; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += '-';
    text += hex[pool[at + i] as number];
  }
  return text;
}
