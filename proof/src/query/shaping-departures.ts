import { everyValueIn, goesThroughArray, isFields, meetsOddArray } from './mingo-departures.js';

/** Documents that are sorted, of which fields are selected, or in which fields are set: by these paths. */
export interface Shaping {
  readonly kind: 'sort' | 'selection' | 'update';
  readonly documents: readonly unknown[];
  readonly paths: readonly string[];
}

/** A rule of MongoDB's that mingo 7.2.7 does not follow. Where one applies, the outcome may differ from mingo's. */
interface ShapingDeparture extends Pick<Shaping, 'kind'> {
  readonly rule: string;
  readonly applies: (document: unknown, path: readonly string[]) => boolean;
}

export const shapingDepartures: readonly ShapingDeparture[] = [
  {
    kind: 'sort',
    rule: 'what a path misses in an array sorts as null, or as less where the array at its end is empty; mingo has an empty list for it, and flattens nested arrays',
    applies: (document, path) => meetsOddArray(document, path),
  },
  {
    kind: 'sort',
    rule: 'an array sorts by its least element or its greatest, of whatever type, and an object field by field; mingo compares those of several types, arrays in arrays, and objects otherwise',
    applies: (document, path) =>
      goesThroughArray(document, path) || everyValueIn(document).some(isMixedOrFields),
  },
  {
    kind: 'selection',
    rule: 'a number in the path of a selection is the name of a field; mingo takes it for a place in an array',
    applies: (document, path) => path.some((step) => /^\d+$/.test(step)) && goesThroughArray(document, path),
  },
  {
    kind: 'selection',
    rule: 'a selection goes into arrays inside arrays, and drops elements that have no fields where fields are kept; mingo does neither',
    applies: (document, path) => meetsOddArray(document, path),
  },
  {
    kind: 'update',
    rule: 'a field cannot be set in what has none, such as a number, null, or an array by another name than a place; mingo leaves that out, or puts an object there',
    applies: leadsThroughNoFields,
  },
  {
    kind: 'update',
    rule: 'what lies between the end of an array and a place that is set becomes null; mingo leaves it empty',
    applies: leadsBeyondEnd,
  },
  {
    kind: 'update',
    rule: 'a 0 that is set takes the place of a -0, and the other way round; mingo takes them for the same, and changes nothing',
    applies: (document, path) => everyValueIn(valueAt(document, path)).includes(0), // As of -0.
  },
];

/** The first rule by which an outcome may be another than mingo's. */
export function shapingDepartureOf({ kind, documents, paths }: Shaping): string | undefined {
  const steps = paths.map((path) => path.split('.'));
  return shapingDepartures.find(
    (departure) =>
      departure.kind === kind &&
      documents.some((document) => steps.some((path) => departure.applies(document, path))),
  )?.rule;
}

function isMixedOrFields(value: unknown, place: number): boolean {
  if (Array.isArray(value)) return new Set(value.map((element) => typeof element)).size > 1;
  return place > 0 && isFields(value); // The first one is the document itself.
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
