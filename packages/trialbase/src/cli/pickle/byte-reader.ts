import { PickleError } from './pickle-error.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads a pickle from its first byte to its last. No length in it is believed before the bytes are there. */
export class ByteReader {
  /** Where the next byte is. */
  position = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  byte(): number {
    return this.bytes(1)[0] ?? 0;
  }

  /** A number of so many bytes, the least first. */
  unsigned(length: 1 | 2 | 4 | 8): number {
    const bytes = this.bytes(length);
    const value = length === 8 ? Number(bytes.readBigUInt64LE()) : bytes.readUIntLE(0, length);
    if (Number.isSafeInteger(value)) return value;
    throw new PickleError(this.position, 'it names a length that no file has');
  }

  int32(): number {
    return this.bytes(4).readInt32LE();
  }

  double(): number {
    return this.bytes(8).readDoubleBE();
  }

  bytes(length: number): Buffer {
    const end = this.position + length;
    if (end > this.#bytes.length)
      throw new PickleError(this.position, `it ends there, where ${length} bytes more should follow`);
    const found = this.#bytes.subarray(this.position, end);
    this.position = end;
    return found;
  }

  text(length: number): string {
    const at = this.position;
    try {
      return utf8.decode(this.bytes(length));
    } catch (cause) {
      if (cause instanceof PickleError) throw cause;
      throw new PickleError(at, 'a text there is no UTF-8');
    }
  }

  /** Up to the end of the line, which is left out: ASCII, or Latin-1. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.position);
    if (end < 0) throw new PickleError(this.position, 'a line there has no end');
    const text = this.bytes(end - this.position).toString('latin1');
    this.position = end + 1;
    return text;
  }
}
