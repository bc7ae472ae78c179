import type { TypeName } from './condition.js';
import { isFields } from './value-type.js';

/** Whether a value is of the type that `$type` calls `name`. A missing value is of none. */
export function hasType(value: unknown, name: TypeName): boolean {
  return types[name].holds(value);
}

/** The type that `$type` names, by MongoDB's name or number; `undefined` for a type that no value here has. */
export function typeNamed(nameOrCode: unknown): TypeName | undefined {
  return typeNames.find((name) => name === nameOrCode || types[name].code === nameOrCode);
}

const types: { readonly [T in TypeName]: { readonly code?: number; holds(value: unknown): boolean } } = {
  double: { code: 1, holds: (value) => isNumber(value) && !isInt(value) && !isLong(value) },
  string: { code: 2, holds: (value) => typeof value === 'string' },
  object: { code: 3, holds: isFields },
  array: { code: 4, holds: Array.isArray },
  binData: { code: 5, holds: (value) => value instanceof Uint8Array },
  bool: { code: 8, holds: (value) => typeof value === 'boolean' },
  date: { code: 9, holds: (value) => value instanceof Date },
  null: { code: 10, holds: (value) => value === null },
  int: { code: 16, holds: isInt },
  long: { code: 18, holds: isLong },
  number: { holds: isNumber },
};

/** All names, as `$type` takes them. */
export const typeNames: readonly TypeName[] = Object.keys(types) as TypeName[];

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isInt(value: unknown): boolean {
  return isNumber(value) && value === Math.trunc(value) && value >= -(2 ** 31) && value < 2 ** 31;
}

function isLong(value: unknown): boolean {
  return Number.isInteger(value) && Math.abs(value as number) <= 2 ** 53 && !isInt(value);
}
