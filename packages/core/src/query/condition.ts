import type { Path } from '../document.js';

/**
 * A query after parsing: the only form in which one crosses the waist. Its meaning is MongoDB's. `kind` tells the cases
 * apart; the operators of a comparison are the keys of {@link Operands}.
 */
export type Condition =
  | { readonly kind: 'and'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'or'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition }
  | ElementMatch
  | Comparison;

/** Some element of the array at `path` meets `condition`, whose own paths start at that element (an empty path is the element itself). */
interface ElementMatch {
  readonly kind: 'element';
  readonly path: Path;
  readonly condition: Condition;
}

/** The value at `path`, or any element of it where it is an array, relates to the operand as the operator says. */
export type Comparison<O extends Operator = Operator> = {
  [K in O]: {
    readonly kind: 'compare';
    readonly path: Path;
    readonly operator: K;
    readonly operand: Operands[K];
  };
}[O];

/** How the operators of a comparison are called below the waist. */
export type Operator = keyof Operands;

/** Every operator of a comparison with the type of its operand. A dialect is a table over these keys, so a new one does not compile until all have it. */
export interface Operands {
  readonly equal: unknown;
  readonly in: readonly unknown[];
  readonly greater: unknown;
  readonly greaterOrEqual: unknown;
  readonly less: unknown;
  readonly lessOrEqual: unknown;
  readonly exists: boolean;
  readonly type: readonly TypeName[];
  readonly size: number;
  readonly mod: { readonly divisor: number; readonly remainder: number };
  readonly regex: RegExp;
}

/** The types that `$type` knows, by MongoDB's names. `int` is a whole number of 32 bits, `long` any other whole number up to 2^53, `double` any other number. */
export type TypeName =
  | 'null'
  | 'bool'
  | 'number'
  | 'double'
  | 'int'
  | 'long'
  | 'string'
  | 'date'
  | 'binData'
  | 'array'
  | 'object';

/** The condition that every document meets. */
export const everything: Condition = { kind: 'and', conditions: [] };

/** The condition that a document meets if it meets all of these. */
export function allOf(conditions: readonly Condition[]): Condition {
  const [first = everything, ...others] = conditions;
  return others.length === 0 ? first : { kind: 'and', conditions };
}

/** The same, of conditions that are named one by one. */
export function and(...conditions: readonly Condition[]): Condition {
  return allOf(conditions);
}

/** The condition that a document meets if it meets any of these. */
export function anyOf(conditions: readonly Condition[]): Condition {
  return { kind: 'or', conditions };
}

/** The opposite of a condition. */
export function not(condition: Condition): Condition {
  return { kind: 'not', condition };
}

export function compare<O extends Operator>(path: Path, operator: O, operand: Operands[O]): Condition {
  return { kind: 'compare', path, operator, operand } as Comparison;
}

/** Conditions that the storage itself builds; `field` is a name of one step. */
export function equal(field: string, operand: unknown): Condition {
  return compare([field], 'equal', operand);
}

/** As {@link equal}, for any of several values. */
export function oneOf(field: string, operand: readonly unknown[]): Condition {
  return compare([field], 'in', operand);
}
