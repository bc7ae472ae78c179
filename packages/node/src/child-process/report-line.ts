import { describe, InvalidResultError } from '@trialbase/core';

/** What a line says that a child process reported: `VALUE`, or `STEP VALUE`. @throws InvalidResultError if it is neither. */
export function parseReport(line: string): { readonly step?: number; readonly value: number } {
  const numbers = line.trim().split(/\s+/).map(toNumber);
  const [first, second] = numbers;
  if (numbers.length === 1 && first !== undefined) return { value: first };
  if (numbers.length === 2 && first !== undefined && second !== undefined)
    return { step: first, value: second };
  throw new InvalidResultError(
    `A line of reports has a value, or a step and a value, such as "3 0.25"; this one is ${describe(line)}`,
  );
}

/** As languages write numbers: `nan`, `inf` and `-Infinity` are some, too. `undefined` if it is none. */
function toNumber(word: string): number | undefined {
  if (/^[+-]?nan$/i.test(word)) return Number.NaN;
  const [, sign] = /^([+-]?)inf(?:inity)?$/i.exec(word) ?? [];
  if (sign !== undefined) return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const value = Number(word);
  return Number.isNaN(value) ? undefined : value;
}
