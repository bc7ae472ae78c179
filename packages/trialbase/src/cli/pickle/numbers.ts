import type { Machine } from './machine.js';
import type { PythonValue } from './python-values.js';

/** `I01` and `I00` are how protocol 0 writes true and false. */
export function textInteger(machine: Machine): PythonValue {
  const line = machine.reader.line();
  if (line === '00' || line === '01') return line === '01';
  return integer(machine, line);
}

export function textLong(machine: Machine): PythonValue {
  return integer(machine, machine.reader.line().replace(/L$/, ''));
}

function integer(machine: Machine, text: string): PythonValue {
  if (!/^-?\d{1,400}$/.test(text)) throw machine.refusal('a number there has no digits, or too many');
  return narrowed(BigInt(text));
}

export function textFloat(machine: Machine): number {
  const text = machine.reader.line();
  const special: Readonly<Record<string, number>> = { nan: Number.NaN, inf: Infinity, '-inf': -Infinity };
  const value = Object.hasOwn(special, text) ? special[text] : text.trim() === '' ? undefined : Number(text);
  if (value === undefined || (Number.isNaN(value) && text !== 'nan'))
    throw machine.refusal('a number there cannot be read');
  return value;
}

/** Two's complement, the lowest byte first. */
export function long(machine: Machine, length: number): PythonValue {
  if (length > 1_024) throw machine.refusal('a number there is too large');
  const digits = machine.reader.bytes(length);
  let value = 0n;
  for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(digits[i] ?? 0);
  return narrowed(length > 0 && (digits[length - 1] ?? 0) > 127 ? value - (1n << BigInt(8 * length)) : value);
}

function narrowed(value: bigint): PythonValue {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
