import { InvalidQueryError } from '@trialbase/core';

/**
 * Reads an object from the command line, in MongoDB's extended JSON: a date is `{ "$date": "2026-01-31T12:00:00Z" }`, an
 * infinite number `{ "$numberDouble": "Infinity" }`.
 *
 * @param what names the object in the error.
 * @throws InvalidQueryError if it is no JSON, or no object.
 */
export function parseObject(text: string, what: string): Readonly<Record<string, unknown>> {
  const value = parse(text, what);
  if (isObject(value)) return value;
  throw new InvalidQueryError(
    `${what} must be a JSON object, such as '{"status": "completed"}', not ${text}`,
  );
}

/** Whether what JSON was read into is an object, and no list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(text: string, what: string): unknown {
  try {
    return JSON.parse(text, (_, value: unknown) => revived(value));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new InvalidQueryError(`${what} is not JSON: ${error.message}`);
  }
}

function revived(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return value;
  const { $date, $numberDouble } = value as { $date?: unknown; $numberDouble?: unknown };
  if (typeof $date === 'string' || typeof $date === 'number') return readDate($date);
  return typeof $numberDouble === 'string' ? Number($numberDouble) : value;
}

function readDate(given: string | number): Date {
  const date = new Date(given);
  if (Number.isNaN(date.getTime())) throw new SyntaxError(`${JSON.stringify(given)} is no date`);
  return date;
}
