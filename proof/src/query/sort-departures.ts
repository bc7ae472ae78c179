import { isFields } from './mingo-departures.js';

/** What a path finds in a document, where MongoDB and mingo agree about that: a value, or an array of several. */
type Found = unknown;

/** What stands for a disagreement. */
const DISPUTED = Symbol('disputed');

/** Whether a path misses something in the elements of an array, or finds arrays there. */
export function isDisputed(document: unknown, path: readonly string[]): boolean {
  return foundAt(document, path, false) === DISPUTED;
}

/** Two documents that are sorted by what a path finds in them. */
export interface Sorted {
  readonly a: unknown;
  readonly b: unknown;
  readonly path: readonly string[];
  readonly isDescending: boolean;
}

/** Whether a path finds an array in at least one of them, and other elements may decide than those by which MongoDB sorts. */
export function decidesByElement(sorted: Sorted): boolean {
  const [one, other] = foundInBoth(sorted);
  if (!Array.isArray(one) && !Array.isArray(other)) return false;
  if (agreedOrder(one, other) === 0) return false;
  const signs = new Set(decidingPairs(sorted).map(([x, y]) => Math.sign(agreedOrder(x, y) ?? 0)));
  return signs.size > 1 || signs.has(0);
}

/** Whether values decide about whose order there are two opinions. */
export function decidesByOpinion(sorted: Sorted): boolean {
  return decidingPairs(sorted).some(([x, y]) => agreedOrder(x, y) === undefined);
}

function foundInBoth({ a, b, path }: Sorted): [Found, Found] {
  return [foundAt(a, path, false), foundAt(b, path, false)];
}

/** What may decide: to mingo the least elements, to MongoDB these, or the greatest in a descending order. */
function decidingPairs(sorted: Sorted): [unknown, unknown][] {
  const [one, other] = foundInBoth(sorted);
  const pairs = (sign: number): [unknown, unknown][] =>
    extremes(one, sign).flatMap((x) => extremes(other, sign).map((y): [unknown, unknown] => [x, y]));
  return sorted.isDescending ? [...pairs(1), ...pairs(-1)] : pairs(1);
}

/** The least elements where the sign is 1, the greatest where it is -1: several where there are two opinions. */
function extremes(found: Found, sign: number): readonly unknown[] {
  if (!Array.isArray(found)) return [found];
  const elements: readonly unknown[] = found;
  return elements.filter((each) => !elements.some((other) => sign * (agreedOrder(other, each) ?? 0) < 0));
}

function foundAt(value: unknown, [step, ...rest]: readonly string[], inArray: boolean): Found {
  if (step === undefined) return inArray && Array.isArray(value) ? DISPUTED : value;
  if (Array.isArray(value) && !/^\d+$/.test(step)) {
    if (inArray || value.length === 0 || !value.every(isFields)) return DISPUTED;
    const found = value.map((element) => foundAt(element, [step, ...rest], true));
    return found.includes(DISPUTED) ? DISPUTED : found;
  }
  const holds = (Array.isArray(value) || isFields(value)) && Object.hasOwn(value, step);
  if (holds) return foundAt(Reflect.get(value, step), rest, inArray);
  return inArray ? DISPUTED : null;
}

/** In the order of MongoDB and of mingo. */
const types = ['null', 'number', 'string', 'fields', 'array', 'boolean', 'date'];

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (isFields(value)) return 'fields';
  return value instanceof Date ? 'date' : typeof value;
}

/** How two values are ordered; `undefined` where there are two opinions. An array is taken as a whole. */
function agreedOrder(a: unknown, b: unknown): number | undefined {
  if (a === b) return 0;
  const type = typeOf(a);
  if (type !== typeOf(b)) return types.indexOf(type) - types.indexOf(typeOf(b));
  if (Array.isArray(a)) return agreedOrderOfLists(a, b as unknown[]);
  if (isFields(a)) return agreedOrderOfFields(a, b as Fields);
  if (Number.isNaN(a) !== Number.isNaN(b)) return undefined;
  return Number((a as number) > (b as number)) - Number((a as number) < (b as number));
}

/** MongoDB compares element by element, mingo does so when both are sorted. */
function agreedOrderOfLists(a: readonly unknown[], b: readonly unknown[]): number | undefined {
  if (a.length === 0 || b.length === 0) return a.length - b.length;
  const orders = a.map((element, i) => (i < b.length ? agreedOrder(element, b[i]) : 1));
  if (a.length === b.length && orders.every((order) => order === 0)) return 0;
  return a.length === 1 && b.length === 1 ? orders[0] : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** MongoDB compares field by field, in the order in which they are; mingo the sorted names first, and then the values. */
function agreedOrderOfFields(a: Fields, b: Fields): number | undefined {
  const [names, others] = [Object.keys(a), Object.keys(b)];
  if (names.length === 0 || others.length === 0) return names.length - others.length;
  if (String(names) !== String(others) || String(names) !== String(names.toSorted())) return undefined;
  const orders = names.map((name) => agreedOrder(a[name], b[name]));
  const first = orders.findIndex((order) => order !== 0);
  return first < 0 ? 0 : orders[first];
}
