// `btoa` knows no bytes, only strings of characters below 256, and by that detour takes four times as long.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PADDING = 61;
const INVALID = 255;

const characters = new TextEncoder().encode(ALPHABET);
const digits = new Uint8Array(256).fill(INVALID);
characters.forEach((character, digit) => {
  digits[character] = digit;
});

/** The bytes in base64 (RFC 4648, section 4), padded. */
export function toBase64(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  for (let i = 0, at = 0; i < bytes.length; i += 3, at += 4) {
    // What is read past the end is `undefined`, which counts as 0 here.
    const bits = ((bytes[i] as number) << 16) | ((bytes[i + 1] as number) << 8) | (bytes[i + 2] as number);
    text[at] = characters[bits >> 18] as number;
    text[at + 1] = characters[(bits >> 12) & 63] as number;
    text[at + 2] = characters[(bits >> 6) & 63] as number;
    text[at + 3] = characters[bits & 63] as number;
  }
  text.fill(PADDING, text.length - ((3 - (bytes.length % 3)) % 3));
  return new TextDecoder().decode(text);
}

/** The bytes that a text in padded base64 stands for; `undefined` if it is no such text. */
export function fromBase64(base64: string): Uint8Array<ArrayBuffer> | undefined {
  const text = new TextEncoder().encode(base64);
  if (text.length % 4 !== 0) return undefined;
  const padding = text.at(-2) === PADDING ? 2 : text.at(-1) === PADDING ? 1 : 0;
  text.fill(characters[0] as number, text.length - padding);
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let seen = 0;
  for (let i = 0, at = 0; i < text.length; i += 4, at += 3) {
    const first = digits[text[i] as number] as number;
    const second = digits[text[i + 1] as number] as number;
    const third = digits[text[i + 2] as number] as number;
    const fourth = digits[text[i + 3] as number] as number;
    seen |= first | second | third | fourth;
    // What a typed array is given past its end is dropped, so the padding needs no case of its own.
    bytes[at] = (first << 2) | (second >> 4);
    bytes[at + 1] = (second << 4) | (third >> 2);
    bytes[at + 2] = (third << 6) | fourth;
  }
  return seen > 63 ? undefined : bytes;
}
