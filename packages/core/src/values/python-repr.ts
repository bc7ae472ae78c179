import { describe, InvalidDocumentError } from '../errors.js';
import { isFields } from './is-fields.js';

/** How a number that JavaScript shows without a fraction is to be written: as Python's `1` or as its `1.0`. */
export type WholeNumbers = 'int' | 'float';

/**
 * The text that Python's `str()` gives a value: a string is itself, everything else is as `repr()` writes it.
 *
 * @throws InvalidDocumentError if the value is neither a number nor another of those that JSON has.
 */
export function pythonStr(value: unknown, whole: WholeNumbers): string {
  return typeof value === 'string' ? value : pythonRepr(value, whole);
}

/** The text that Python's `repr()` gives a value: numbers as {@link pythonNumber}, arrays as lists, objects as dicts. */
export function pythonRepr(value: unknown, whole: WholeNumbers): string {
  switch (typeof value) {
    case 'number':
      return pythonNumber(value, whole);
    case 'string':
      return quoted(value);
    case 'boolean':
      return value ? 'True' : 'False';
    default:
      return containerRepr(value, whole);
  }
}

function containerRepr(value: unknown, whole: WholeNumbers): string {
  if (value === null) return 'None';
  if (Array.isArray(value)) return `[${value.map((element) => pythonRepr(element, whole)).join(', ')}]`;
  if (isFields(value)) {
    return `{${Object.entries(value)
      .map(([key, held]) => `${quoted(key)}: ${pythonRepr(held, whole)}`)
      .join(', ')}}`;
  }
  throw new InvalidDocumentError(
    `${describe(value)} cannot be part of a trial's id: params and lies are strings, numbers, booleans, null, arrays and objects of these`,
  );
}

/**
 * The text of a number. Where whole numbers are ints, those beyond 2^53 and -0 are floats all the same: no int of
 * Python arrives here as one of these.
 */
export function pythonNumber(value: number, whole: WholeNumbers): string {
  return whole === 'int' && Number.isSafeInteger(value) && !Object.is(value, -0)
    ? String(value)
    : floatRepr(value);
}

/**
 * Both languages write the fewest digits that read back as the same float; they differ in when they use an exponent,
 * and in how they write it.
 */
function floatRepr(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e16) return Number.isInteger(value) ? `${value}.0` : String(value);
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  if (Number.isNaN(value)) return 'nan';
  if (size === Number.POSITIVE_INFINITY) return value > 0 ? 'inf' : '-inf';
  return value.toExponential().replace(/(?<=e[+-])\d$/, '0$&');
}

/** Python's `str.isprintable` by the same categories, of the Unicode version of this engine. */
const ESCAPED = /(?! )[\p{C}\p{Z}]|[\\'"]/gu;

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return quote + text.replace(ESCAPED, (character) => escaped(character, quote)) + quote;
}

function escaped(character: string, quote: string): string {
  switch (character) {
    case '\n':
      return '\\n';
    case '\r':
      return '\\r';
    case '\t':
      return '\\t';
    case '\\':
      return '\\\\';
    case "'":
    case '"':
      return character === quote ? `\\${character}` : character;
    default:
      return escapedCode(character.codePointAt(0) ?? 0);
  }
}

function escapedCode(code: number): string {
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
