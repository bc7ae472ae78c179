/** A number for people: six significant digits at most. */
export function number(value: unknown): string | undefined {
  if (typeof value !== 'number') return value === undefined ? undefined : String(value);
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}

/** A value of a parameter for people. */
export function value(given: unknown): string | undefined {
  if (typeof given === 'string') return given;
  return typeof given === 'object' && given !== null ? JSON.stringify(given) : number(given ?? undefined);
}

/** A time for people, in their own time zone: `2026-01-31 12:00:00`. */
export function time(date: Date | null | undefined): string | undefined {
  if (!(date instanceof Date) || Number.isNaN(date.getTime())) return undefined;
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace('T', ' ');
}

/** `1 trial`, `2 trials`. */
export function count(many: number, one: string, more: string = `${one}s`): string {
  return `${many} ${many === 1 ? one : more}`;
}
