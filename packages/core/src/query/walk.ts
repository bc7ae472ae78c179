import type { Fields, Path } from '../document.js';
import { isFields } from '../values/is-fields.js';

/** A question about one value; `undefined` stands for a missing one. */
export type Test = (value: unknown) => boolean;

/** What a path is walked from: a document, or the element of an array, which need not be an object. */
export type Start = 'document' | 'element';

/**
 * Whether any value at `path` meets `test`, by MongoDB's way of walking. Below an array, a path goes on in each element
 * that is an object, and in the element that its next step numbers. A path that ends below a scalar ends at a missing
 * value; one that ends below an array without objects ends nowhere.
 */
export function anyAt(path: Path, start: Start, test: Test): Test {
  return path.length === 0 ? test : from(start, walk(path, 0, test, test));
}

/** As {@link anyAt}, with each element of an array at the end of the path besides the array itself; not so for an empty path, or a path that ends in an element's number. */
export function anyWithin(path: Path, start: Start, test: Test): Test {
  if (path.length === 0) return test;
  const orElement: Test = (value) => test(value) || (Array.isArray(value) && value.some(test));
  return from(start, walk(path, 0, orElement, test));
}

/** A path from one of its steps on, seen from what the step before it found. */
interface Walk {
  readonly inFields: (fields: Fields) => boolean;
  readonly inArray: (array: readonly unknown[]) => boolean;
  /** From an array that counts as an object with its positions for keys, which the start of a path does. */
  readonly inPositions: (array: readonly unknown[]) => boolean;
  readonly inValue: Test;
}

function walk(path: Path, at: number, end: Test, test: Test): Walk {
  const key = path[at] as string;
  const index = positionOf(key);
  const rest = at + 1 < path.length ? walk(path, at + 1, end, test) : undefined;
  const next = rest ? rest.inValue : end;
  const read = reader(key, index);
  const missing = test(undefined);

  const inFields = (fields: Fields): boolean => next(read(fields));
  const inPositions = (array: readonly unknown[]): boolean =>
    next(index === undefined ? undefined : array[index]);
  const inElement = (element: unknown): boolean => {
    if (!rest) return test(element);
    return Array.isArray(element) ? rest.inArray(element) : isFields(element) && rest.inFields(element);
  };
  const inArray = (array: readonly unknown[]): boolean => {
    if (index !== undefined && index < array.length && inElement(array[index])) return true;
    for (const element of array) if (isFields(element) && inFields(element)) return true;
    return false;
  };
  const inValue = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null) return missing;
    if (Array.isArray(value)) return inArray(value);
    return isFields(value) ? inFields(value) : missing;
  };
  return { inFields, inArray, inPositions, inValue };
}

function from(start: Start, { inFields, inPositions, inValue }: Walk): Test {
  if (start === 'document') return inFields as Test;
  return (element) => {
    if (isFields(element)) return inFields(element);
    return Array.isArray(element) ? inPositions(element) : inValue(element);
  };
}

function positionOf(key: string): number | undefined {
  return /^(0|[1-9]\d{0,9})$/.test(key) ? Number(key) : undefined;
}

/** Reads a field that the object has itself. Only for the names that every object inherits does that need asking. */
function reader(key: string, index: number | undefined): (fields: Fields) => unknown {
  if (key in Object.prototype) return (fields) => (Object.hasOwn(fields, key) ? fields[key] : undefined);
  // Engines find a numbered field sooner by its number.
  return index === undefined ? (fields) => fields[key] : (fields) => fields[index];
}
