import { Md5 } from 'ts-md5';

/** The md5 of a text in UTF-8, in hex. Of half a surrogate pair, which has no UTF-8, it makes what it likes. */
export function digest(text: string): string {
  return Md5.hashStr(text);
}
