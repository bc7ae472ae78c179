import { describe } from '@trialbase/core';

/** A number for people: six significant digits at most. */
export function formatNumber(value: number | undefined): string | undefined {
  if (value === undefined || Number.isInteger(value)) return value?.toString();
  return Number(value.toPrecision(6)).toString();
}

/** Any value for people. */
export function formatValue(value: unknown): string | undefined {
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null
    ? JSON.stringify(value)
    : value == null
      ? undefined
      : describe(value);
}

/** A time for people, in their own time zone: `2026-01-31 12:00:00`. */
export function formatTime(date: Date | null | undefined): string | undefined {
  if (!(date instanceof Date) || Number.isNaN(date.getTime())) return undefined;
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace('T', ' ');
}

/** `1 trial`, `2 trials`. */
export function count(many: number, one: string): string {
  return `${many} ${one}${many === 1 ? '' : 's'}`;
}
