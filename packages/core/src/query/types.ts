import { isFields } from '../values/is-fields.js';
import type { TypeName } from './condition.js';

/** Whether a value is of the type that `$type` calls so. A missing value is of none. */
export const typeTests: { readonly [T in TypeName]: (value: unknown) => boolean } = {
  null: (value) => value === null,
  bool: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  double: (value) => typeof value === 'number' && !isInt(value) && !isLong(value),
  int: isInt,
  long: isLong,
  string: (value) => typeof value === 'string',
  date: (value) => value instanceof Date,
  binData: (value) => value instanceof Uint8Array,
  array: Array.isArray,
  object: isFields,
};

/** The names that `$type` takes. */
export const typeNames: readonly TypeName[] = Object.keys(typeTests) as TypeName[];

/** MongoDB's numbers of the types. */
const codes: ReadonlyMap<unknown, TypeName> = new Map([
  [1, 'double'],
  [2, 'string'],
  [3, 'object'],
  [4, 'array'],
  [5, 'binData'],
  [8, 'bool'],
  [9, 'date'],
  [10, 'null'],
  [16, 'int'],
  [18, 'long'],
]);

/** The type that `$type` names, by MongoDB's name or number; `undefined` for a type that no value here has. */
export function typeNamed(nameOrCode: unknown): TypeName | undefined {
  return typeNames.find((name) => name === nameOrCode) ?? codes.get(nameOrCode);
}

function isInt(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= -(2 ** 31) && (value as number) < 2 ** 31;
}

function isLong(value: unknown): boolean {
  return Number.isInteger(value) && Math.abs(value as number) <= 2 ** 53 && !isInt(value);
}
