import { isUtf8 } from 'node:buffer';
import zlib from 'node:zlib';
import { UnreadableError } from './unreadable.js';

const CHECKSUM_LENGTH = 8;
const BODY = CHECKSUM_LENGTH + 1;
const SPACE = 0x20;
export const LINE_BREAK = 0x0a;

/** Where lines are put together: nearly all fit, and making room anew costs as much as writing one. */
const room = Buffer.allocUnsafe(1 << 16);

/**
 * The line of a text that has no line break: the CRC-32 of the text in hexadecimal, a space, the text and a line break.
 * The bytes are only there until the next call.
 */
export function lineOfText(text: string): Buffer {
  const most = BODY + 3 * text.length + 1;
  const line = most <= room.length ? room : Buffer.allocUnsafe(BODY + Buffer.byteLength(text) + 1);
  const end = BODY + line.write(text, BODY);
  line.write(checksum(line.subarray(BODY, end)), 'latin1');
  line[CHECKSUM_LENGTH] = SPACE;
  line[end] = LINE_BREAK;
  return line.subarray(0, end + 1);
}

/**
 * The text of a line without its line break; `undefined` if the checksum is not that of the text.
 *
 * @throws UnreadableError if it is the checksum of bytes that are no text.
 */
export function textOfLine(line: Buffer): string | undefined {
  if (line.length <= BODY || line[CHECKSUM_LENGTH] !== SPACE) return undefined;
  const body = line.subarray(BODY);
  if (zlib.crc32(body) !== writtenChecksum(line)) return undefined;
  if (!isUtf8(body)) throw new UnreadableError('a line there is not UTF-8', false);
  return body.toString();
}

function checksum(bytes: Buffer): string {
  return zlib.crc32(bytes).toString(16).padStart(CHECKSUM_LENGTH, '0');
}

/** Read digit by digit, as every process does this with every line: `NaN` for what no checksum is written like. */
function writtenChecksum(line: Buffer): number {
  let value = 0;
  for (let i = 0; i < CHECKSUM_LENGTH; i++) value = value * 16 + hexDigit(line[i] as number);
  return value;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : Number.NaN;
}
