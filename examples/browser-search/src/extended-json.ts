/**
 * MongoDB's extended JSON, in its relaxed form: what JSON has no word for is an object, such as `{ "$date": "2026-01-31" }`
 * or `{ "$numberDouble": "Infinity" }`.
 */

/** Reads it. @throws SyntaxError */
export function parseExtended(text: string): unknown {
  return JSON.parse(text, (_, value: unknown) => revive(value));
}

/** Writes it. */
export function writeExtended(value: unknown): string {
  return JSON.stringify(
    value,
    // Asked of the object that holds it: a date that is handed over has become a text already.
    function (this: Record<string, unknown>, key) {
      return replace(this[key]);
    },
  );
}

function revive(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return value;
  const { $date, $numberDouble } = value as { $date?: unknown; $numberDouble?: unknown };
  if (typeof $date === 'string') return readDate($date);
  return typeof $numberDouble === 'string' ? Number($numberDouble) : value;
}

function readDate(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw new SyntaxError(`${JSON.stringify(text)} is no date`);
  return date;
}

function replace(value: unknown): unknown {
  if (value instanceof Date) return { $date: value.toISOString() };
  if (typeof value === 'number' && !Number.isFinite(value)) return { $numberDouble: String(value) };
  return value;
}
