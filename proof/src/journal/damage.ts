import type { Random } from '../workload/random.js';
import type { StoreHistory } from './store-history.js';

/** A journal after something went wrong with its bytes. */
export interface Damaged {
  readonly what: string;
  readonly bytes: Buffer;
}

/** Something that happens to bytes on disks and in the hands of people. */
export function damage(random: Random, { bytes, ends }: StoreHistory): Damaged {
  const at = random.integer(0, bytes.length - 1);
  const lines = [0, 128, ...ends.slice(1)];
  const line = random.integer(0, lines.length - 2);
  const [start = 0, end = 0] = [lines[line], lines[line + 1]];
  const kind = random.integer(0, 8);
  switch (kind) {
    case 0:
      return { what: 'cut', bytes: bytes.subarray(0, at) };
    case 1:
      return {
        what: 'flipped bit',
        bytes: replaced(bytes, at, Buffer.of((bytes[at] ?? 0) ^ (1 << random.integer(0, 7)))),
      };
    case 2:
      return {
        what: 'byte that became another',
        bytes: replaced(bytes, at, Buffer.of(random.pick([0, 10, 33, 48, 123, 255]))),
      };
    case 3:
      return {
        what: 'block of zeros',
        bytes: replaced(bytes, at, Buffer.alloc(Math.min(random.integer(1, 200), bytes.length - at))),
      };
    case 4:
      return {
        what: 'line taken out',
        bytes: Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)]),
      };
    case 5:
      return { what: 'line twice', bytes: Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]) };
    case 6: {
      const next = lines[line + 2] ?? end;
      const swapped = [
        bytes.subarray(0, start),
        bytes.subarray(end, next),
        bytes.subarray(start, end),
        bytes.subarray(next),
      ];
      return { what: 'lines in another order', bytes: Buffer.concat(swapped) };
    }
    case 7: {
      const to = random.integer(0, bytes.length - 1);
      const block = bytes.subarray(at, at + random.integer(1, 100));
      return {
        what: 'block copied elsewhere',
        bytes: replaced(bytes, to, block.subarray(0, bytes.length - to)),
      };
    }
    default: {
      const noise = Buffer.from(Array.from({ length: random.integer(1, 50) }, () => random.integer(0, 255)));
      return {
        what: 'noise put in',
        bytes: Buffer.concat([bytes.subarray(0, at), noise, bytes.subarray(at)]),
      };
    }
  }
}

function replaced(bytes: Buffer, at: number, by: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  by.copy(changed, at);
  return changed;
}

/**
 * What a store may hold after the damage, which began at the first byte that differs: the writes before that, and any that came after.
 * Where the bytes of the last write are untouched and in their place, they prove that all of it was there: then all of it, or an error.
 */
export function allowedAfter({ bytes, ends, contents }: StoreHistory, damaged: Buffer): readonly string[] {
  let first = 0;
  while (first < bytes.length && bytes[first] === damaged[first]) first += 1;
  const untouched = ends.filter((end) => end <= first).length - 1;
  const lastStart = ends.at(-2) ?? 0;
  const provesAll =
    damaged.length >= bytes.length &&
    damaged.subarray(lastStart, bytes.length).equals(bytes.subarray(lastStart));
  return provesAll ? contents.slice(-1) : contents.slice(Math.max(untouched, 0));
}
