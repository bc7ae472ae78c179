import { NAME } from 'digits';
import { InvalidConfigurationError } from 'trialbase';

/** The most workers that a tab may have. */
export const MOST_WORKERS = 16;

/** What the address of the page says: which search, and its limits. */
export interface Address {
  readonly name: string;
  readonly workers: number | undefined;
  readonly trials: number | undefined;
  readonly seed: number | undefined;
}

/** Reads `?name=…&workers=…&trials=…&seed=…`, each of which may be left out. @throws InvalidConfigurationError for a wrong number. */
export function readAddress(query: string): Address {
  const given = new URLSearchParams(query);
  return {
    name: given.get('name') || NAME,
    workers: whole(given, 'workers', 1, MOST_WORKERS),
    trials: whole(given, 'trials', 1),
    seed: whole(given, 'seed', 0),
  };
}

/** The address of a search, for a link within this page. */
export function writeAddress(address: Partial<Address>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(address)) if (value !== undefined) query.set(key, String(value));
  return `?${query}`;
}

function whole(
  given: URLSearchParams,
  key: keyof Address,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): number | undefined {
  const text = given.get(key);
  if (text === null || text === '') return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} up` : `from ${least} to ${most}`;
  throw new InvalidConfigurationError(
    `The address says ${key}=${text}: give a whole number ${range}, or leave it out`,
  );
}
