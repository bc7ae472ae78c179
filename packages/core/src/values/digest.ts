import { md5 } from '@noble/hashes/legacy.js';
import { bytesToHex } from '@noble/hashes/utils.js';

const utf8 = new TextEncoder();

/** The md5 of a text in UTF-8, in hex. */
export function digest(text: string): string {
  return bytesToHex(md5(utf8.encode(text)));
}
