import { isFields } from './mingo-departures.js';

/** What a path finds in a document, where MongoDB and mingo agree about that: a value, or an array of several. */
type Found = unknown;

/** What stands for a disagreement. */
const DISPUTED = Symbol('disputed');

/** Whether a path misses something in the elements of an array, or finds arrays there. */
export function isDisputed(document: unknown, path: readonly string[]): boolean {
  return foundAt(document, path, false) === DISPUTED;
}

/** Whether two documents are sorted by a path of which at least one finds an array, and another place in these arrays may decide. */
export function decidesByElement(a: unknown, b: unknown, path: readonly string[]): boolean {
  const [one, other] = [foundAt(a, path, false), foundAt(b, path, false)];
  if (!Array.isArray(one) && !Array.isArray(other)) return false;
  if (agreedOrder(one, other) === 0) return false;
  const signs = new Set(pairsOf(one, other).map(([x, y]) => Math.sign(agreedOrder(x, y) ?? 0)));
  return signs.size > 1 || signs.has(0);
}

/** Whether two documents are sorted by a path at which values are compared about whose order there are two opinions. */
export function decidesByOpinion(a: unknown, b: unknown, path: readonly string[]): boolean {
  return pairsOf(foundAt(a, path, false), foundAt(b, path, false)).some(
    ([x, y]) => agreedOrder(x, y) === undefined,
  );
}

function pairsOf(one: Found, other: Found): [unknown, unknown][] {
  const others = Array.isArray(other) ? other : [other];
  return (Array.isArray(one) ? one : [one]).flatMap((x) => others.map((y): [unknown, unknown] => [x, y]));
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
