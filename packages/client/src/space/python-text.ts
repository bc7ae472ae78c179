import type { Literal } from './python-literal.js';

const QUOTED: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A value as Python's `repr` writes it, with whole numbers as ints. */
export function pythonText(value: Literal): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : pythonFloat(value);
  if (typeof value === 'string') return pythonString(value);
  if (value instanceof Map)
    return `{${[...value].map(([k, v]) => `${pythonText(k)}: ${pythonText(v)}`).join(', ')}}`;
  return `[${(value as readonly Literal[]).map(pythonText).join(', ')}]`;
}

/** A finite number as Python writes a float. Both languages write the same digits, and differ in the exponent. */
export function pythonFloat(value: number): string {
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power < -4 || power >= 16)
    return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  const plain = power < 0 ? value.toFixed(digits.replace(/\D/g, '').length - 1 - power) : String(value);
  return plain.includes('.') ? plain : `${plain}.0`;
}

function pythonString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inside = text.replace(/[\\\n\r\t]/g, (c) => QUOTED[c] ?? c).replace(/[\0-\x1f\x7f]/g, hex);
  return quote + (quote === "'" ? inside.replaceAll("'", "\\'") : inside) + quote;
}

function hex(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
