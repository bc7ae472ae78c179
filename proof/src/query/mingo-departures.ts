/** A rule of MongoDB's that mingo 7.2.7 does not follow. Where one applies, an answer may differ from mingo's. */
interface Departure {
  readonly rule: string;
  readonly applies: (document: unknown, uses: readonly Use[]) => boolean;
}

/** One use of an operator in a query; equality is `$eq`. Inside `$elemMatch` a path starts at an element. */
interface Use {
  readonly path: readonly string[];
  readonly operator: string;
  readonly operand: unknown;
  readonly inElement: boolean;
}

/** All rules by which an answer may differ. */
export const departures: readonly Departure[] = [
  {
    rule: 'a malformed operand is refused before anything is read; mingo refuses it when it gets to evaluating it',
    applies: (_document, uses) =>
      uses.some(
        ({ operator, operand }) => (operator === '$in' || operator === '$nin') && !Array.isArray(operand),
      ),
  },
  {
    rule: 'whole arrays and objects have an order, element by element and field by field; mingo orders no arrays, and objects otherwise',
    applies: (_document, uses) =>
      uses.some(
        ({ operator, operand }) => isOrdering(operator) && (Array.isArray(operand) || isFields(operand)),
      ),
  },
  {
    rule: 'a missing field is $gte null and $lte null, as it equals null; to mingo it is neither',
    applies: (_document, uses) =>
      uses.some(({ operator, operand }) => isOrdering(operator) && operand === null),
  },
  {
    rule: 'a path goes into the objects and the numbered element of an array, into nothing else; mingo flattens nested arrays, and has no null but an empty list for what is missing in one',
    applies: (document, uses) =>
      uses.some(({ path, inElement }) =>
        inElement
          ? everyValueIn(document).some((value) => meetsOddArray(value, path))
          : meetsOddArray(document, path),
      ),
  },
  {
    rule: 'the values that a path finds in the elements of an array are no array themselves; mingo makes them one',
    applies: (document, uses) =>
      uses.some(
        ({ path, operator, inElement }) =>
          ['$size', '$elemMatch'].includes(operator) && (inElement || goesThroughArray(document, path)),
      ),
  },
  {
    rule: '$all is met by what is no array, and asks for null as equality does; mingo wants an array',
    applies: (_document, uses) => uses.some(({ operator }) => operator === '$all'),
  },
  {
    rule: '$in and $nin compare arrays whole too; mingo leaves out the empty one, and those that hold objects',
    applies: (_document, uses) =>
      uses.some(
        ({ operator, operand }) =>
          ['$in', '$nin'].includes(operator) && isListWith(operand, isEmptyOrHoldsObjects),
      ),
  },
  {
    rule: '$type looks at the elements of an array, and tells int from double; mingo does neither',
    applies: (_document, uses) => uses.some(({ operator }) => operator === '$type'),
  },
  {
    rule: '$mod truncates the divisor, and divides numbers alone; mingo divides strings and lists too',
    applies: (_document, uses) => uses.some(({ operator }) => operator === '$mod'),
  },
  {
    rule: 'at the end of a path the elements of an array are looked at, not those of arrays inside it; mingo flattens them for $regex and for dotted paths',
    applies: (document, uses) =>
      uses.some(({ operator, path }) => operator === '$regex' || path.length > 1) &&
      everyValueIn(document).some(holdsArrays),
  },
  {
    rule: 'NaN is neither more nor less than a number; to mingo it is',
    applies: (document, uses) =>
      uses.some(({ operator, operand }) => isOrdering(operator) && typeof operand === 'number') &&
      [...everyValueIn(document), ...uses.map(({ operand }) => operand)].some(Number.isNaN),
  },
  {
    rule: '$elemMatch takes an array inside the array for an object of positions; mingo passes over it, or looks into it',
    applies: (document, uses) =>
      uses.some(({ operator }) => operator === '$elemMatch') && everyValueIn(document).some(holdsArrays),
  },
  {
    rule: '$elemMatch with $and, $or or $nor is about the fields of an element; mingo asks elements without fields too',
    applies: (_document, uses) =>
      uses.some(
        ({ operator, operand }) =>
          operator === '$elemMatch' &&
          isFields(operand) &&
          ['$and', '$or', '$nor'].some((logic) => logic in operand),
      ),
  },
];

/** The first rule by which a query may be answered differently about a document. */
export function departureOf(document: unknown, query: unknown): string | undefined {
  const uses = usesIn(query, false);
  return departures.find(({ applies }) => applies(document, uses))?.rule;
}

function isOrdering(operator: string): boolean {
  return ['$gt', '$gte', '$lt', '$lte'].includes(operator);
}

function usesIn(query: unknown, inElement: boolean): Use[] {
  if (!isFields(query)) return [];
  return Object.entries(query).flatMap(([key, value]) => {
    if (key.startsWith('$'))
      return Array.isArray(value) ? value.flatMap((each) => usesIn(each, inElement)) : [];
    return usesAt(key.split('.'), value, inElement);
  });
}

function usesAt(path: readonly string[], value: unknown, inElement: boolean): Use[] {
  if (!isFields(value) || !Object.keys(value).some((key) => /^\$\w/.test(key))) {
    return [{ path, operator: '$eq', operand: value, inElement }];
  }
  return Object.entries(value).flatMap(([operator, operand]) => {
    const use = { path, operator, operand, inElement };
    return [use].concat(usesBelow(use));
  });
}

/** The uses of operators in the operand of another one. */
function usesBelow({ path, operator, operand, inElement }: Use): Use[] {
  if (operator === '$not') return usesAt(path, operand, inElement);
  if (operator === '$elemMatch') return [...usesIn(operand, true), ...usesAt([], operand, true)];
  if (operator === '$all' && Array.isArray(operand))
    return operand.flatMap((each) => usesAt(path, each, inElement));
  return [];
}

/** Whether a path meets an array with anything but objects that have something at the rest of the path. */
export function meetsOddArray(value: unknown, path: readonly string[], inArray = false): boolean {
  const [step, ...rest] = path;
  if (step === undefined) return false;
  if (!Array.isArray(value)) {
    const below = isFields(value) ? value[step] : undefined;
    return below === undefined ? inArray : meetsOddArray(below, rest, inArray);
  }
  return (
    value.length === 0 || value.some((element) => !isFields(element) || meetsOddArray(element, path, true))
  );
}

export function goesThroughArray(value: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return false;
  return Array.isArray(value) || (isFields(value) && goesThroughArray(value[step], rest));
}

function isListWith(value: unknown, test: (element: unknown) => boolean): boolean {
  return Array.isArray(value) && value.some(test);
}

function isEmptyOrHoldsObjects(value: unknown): boolean {
  return Array.isArray(value) && (value.length === 0 || value.some(isFields));
}

export function everyValueIn(value: unknown): unknown[] {
  if (Array.isArray(value) || isFields(value)) return [value, ...Object.values(value).flatMap(everyValueIn)];
  return [value];
}

function holdsArrays(value: unknown): boolean {
  return isListWith(value, Array.isArray);
}

/** An object of fields: the documents compared are made of nothing else, lists, scalars and dates. */
export function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
