import { everyValueIn, goesThroughArray, isFields, meetsOddArray } from './mingo-departures.js';
import { decidesByElement, decidesByOpinion, isDisputed, type Sorted } from './sort-departures.js';

/** Documents that are sorted, of which fields are selected, or in which fields are set: by these paths. */
export interface Shaping {
  readonly kind: 'sort' | 'selection' | 'update';
  readonly documents: readonly unknown[];
  readonly paths: readonly string[];
  /** Those of the paths by which documents are sorted in descending order. */
  readonly descending?: ReadonlySet<string>;
}

/** A rule of MongoDB's that mingo 7.2.7 does not follow. Where one applies, the outcome may differ from mingo's. */
interface ShapingDeparture extends Pick<Shaping, 'kind'> {
  readonly rule: string;
  readonly applies: (
    documents: readonly unknown[],
    path: readonly string[],
    isDescending: boolean,
  ) => boolean;
  /** What mingo's outcome has to be replaced by. Default: that is not known. */
  readonly instead?: (outcome: unknown) => unknown;
}

/** Stands for the outcome where a call is refused, and nothing has changed. */
export const REFUSED: unique symbol = Symbol('refused');

type OfDocument = (document: unknown, path: readonly string[]) => boolean;

const anyOf =
  (test: OfDocument): ShapingDeparture['applies'] =>
  (documents, path) =>
    documents.some((document) => test(document, path));

const anyTwoOf =
  (test: (sorted: Sorted) => boolean): ShapingDeparture['applies'] =>
  (documents, path, isDescending) =>
    documents.some((a, i) => documents.slice(i + 1).some((b) => test({ a, b, path, isDescending })));

export const shapingDepartures: readonly ShapingDeparture[] = [
  {
    kind: 'sort',
    rule: 'what a path misses in the elements of an array sorts as null, and arrays that it finds there as their elements; mingo leaves out the one, and has arrays in an array for the other',
    applies: anyOf(isDisputed),
  },
  {
    kind: 'sort',
    rule: 'an array sorts by its least element, or downwards by its greatest; mingo takes the least both ways, and sorts and compares all elements of two arrays',
    applies: anyTwoOf(decidesByElement),
  },
  {
    kind: 'sort',
    rule: 'objects, and arrays inside of arrays or objects, are compared in the order of their fields and elements, and NaN is less than any other number; mingo sorts names and elements first, and takes NaN for equal to all numbers',
    applies: anyTwoOf(decidesByOpinion),
  },
  {
    kind: 'selection',
    rule: 'a number in the path of a selection is the name of a field; mingo takes it for a place in an array',
    applies: anyOf(
      (document, path) => path.some((step) => /^\d+$/.test(step)) && goesThroughArray(document, path),
    ),
  },
  {
    kind: 'selection',
    rule: 'a selection goes into arrays inside arrays, and drops elements that have no fields where fields are kept; mingo does neither',
    applies: anyOf((document, path) => meetsOddArray(document, path)),
  },
  {
    kind: 'update',
    rule: 'a field cannot be set in what has none, such as a number, null, or an array by another name than a place; mingo leaves that out, or puts an object there',
    applies: anyOf(leadsThroughNoFields),
    instead: () => REFUSED,
  },
  {
    kind: 'update',
    rule: 'what lies between the end of an array and a place that is set becomes null; mingo leaves it empty',
    applies: anyOf(leadsBeyondEnd),
    instead: withoutHoles,
  },
  {
    kind: 'update',
    rule: 'a 0 that is set takes the place of a -0, and the other way round; mingo takes them for the same, and changes nothing',
    applies: anyOf((document, path) => everyValueIn(valueAt(document, path)).includes(0)), // As of -0.
  },
];

/** The rules by which an outcome may be another than mingo's. */
export function departuresIn({ kind, documents, paths, descending }: Shaping): readonly ShapingDeparture[] {
  const applies = (departure: ShapingDeparture): boolean =>
    paths.some((path) => departure.applies(documents, path.split('.'), descending?.has(path) ?? false));
  return shapingDepartures.filter((departure) => departure.kind === kind && applies(departure));
}

function leadsThroughNoFields(value: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined || value === undefined) return false;
  if (Array.isArray(value)) {
    return !/^\d+$/.test(step) || (rest.length > 0 && leadsThroughNoFields(value[Number(step)], rest));
  }
  if (!isFields(value)) return true;
  return rest.length > 0 && leadsThroughNoFields(value[step], rest);
}

function leadsBeyondEnd(value: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined || (!Array.isArray(value) && !isFields(value))) return false;
  if (Array.isArray(value) && Number(step) > value.length) return true;
  return leadsBeyondEnd(valueAt(value, [step]), rest);
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (below, step) => (Array.isArray(below) || isFields(below) ? Reflect.get(below, step) : undefined),
    value,
  );
}

function withoutHoles(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from(value, (element) => withoutHoles(element ?? null));
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, withoutHoles(field)]));
}
