import { InvalidQueryError } from '../errors.js';

/** How deep a query may be nested, its operands and the steps of a path included. */
const MAX_LEVELS = 100;

/** How many steps of a path may be numbers. Each may lead to a position and to a field, so that each doubles the ways through a document. */
const MAX_POSITIONS = 10;

/** Where in a query, selection or sort order its reading stands: the way as error messages show it, and how deep it is. */
export interface QueryPlace {
  readonly way: string;
  readonly level: number;
}

/** The top of what error messages call `name`. */
export function topOf(name: string): QueryPlace {
  return { way: name, level: 0 };
}

/** The place one step further in. @throws InvalidQueryError if that is too deep. */
export function inside({ way, level }: QueryPlace, step: string | number): QueryPlace {
  if (level === MAX_LEVELS) {
    throw new InvalidQueryError(
      `${shortened(way)} is nested more than ${MAX_LEVELS} levels deep: flatten it`,
    );
  }
  return { way: typeof step === 'number' ? `${way}[${step}]` : `${way} → '${step}'`, level: level + 1 };
}

/** The error for what stands at a place: `problem` goes on from "the query at … ". */
export function invalid({ way }: QueryPlace, problem: string): InvalidQueryError {
  return new InvalidQueryError(`${shortened(way)} ${problem}`);
}

/** The steps of a dotted path. @throws InvalidQueryError if there are too many, or too many numbers among them. */
export function stepsOf(key: string, place: QueryPlace): string[] {
  const steps = key.split('.', MAX_LEVELS + 1);
  if (steps.length > MAX_LEVELS)
    throw invalid(place, `has a path of more than ${MAX_LEVELS} steps: shorten it`);
  if (steps.filter((step) => /^\d+$/.test(step)).length > MAX_POSITIONS) {
    throw invalid(place, `has a path with more than ${MAX_POSITIONS} numbers: ask for a field above`);
  }
  return steps;
}

/** Whether a key is written as an operator. A `$` alone, or before a sign, is data. */
export function isOperatorName(key: string): boolean {
  return /^\$\w/.test(key);
}

function shortened(way: string): string {
  return way.length > 300 ? `${way.slice(0, 150)} … ${way.slice(-150)}` : way;
}
