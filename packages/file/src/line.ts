import { constants, isUtf8 } from 'node:buffer';
import zlib from 'node:zlib';
import { InvalidDocumentError } from '@trialbase/core/adapter';
import { UnreadableError } from './unreadable.js';

export const CHECKSUM_LENGTH = 8;
const BODY = CHECKSUM_LENGTH + 1;
const SPACE = 0x20;
export const LINE_BREAK = 0x0a;

/** So many bytes a line may have at the most, as its text is read as one string. */
export const LONGEST_LINE: number = constants.MAX_STRING_LENGTH;

/** Where lines are put together: nearly all fit, and making room anew costs as much as writing one. */
const room = Buffer.allocUnsafe(1 << 16);

/**
 * The line of a text that has no line break: the CRC-32 of the text in hexadecimal, a space, the text and a line break.
 * The bytes are only there until the next call.
 *
 * @param longest how many bytes it may have.
 * @throws InvalidDocumentError if it would have more.
 */
export function lineOfText(text: string, longest: number = LONGEST_LINE): Buffer {
  const most = BODY + 3 * text.length + 1;
  const line = most <= room.length ? room : roomFor(BODY + Buffer.byteLength(text) + 1, longest);
  const end = BODY + line.write(text, BODY);
  line.write(checksum(line.subarray(BODY, end)), 'latin1');
  line[CHECKSUM_LENGTH] = SPACE;
  line[end] = LINE_BREAK;
  return line.subarray(0, end + 1);
}

function roomFor(bytes: number, longest: number): Buffer {
  if (bytes <= longest) return Buffer.allocUnsafe(bytes);
  const [megabytes, most] = [bytes, longest].map((count) => Math.floor(count / 1e6));
  throw new InvalidDocumentError(
    `A write takes ${megabytes} MB in the journal, where one write can take ${most} MB; nothing of it was stored: ` +
      'write fewer documents at once, or smaller ones',
  );
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
