import * as fc from 'fast-check';

const keys = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toJSON',
    'a.b',
    '',
    '$',
    '$date',
    '$$date',
    '$map',
    '$set',
    '\ud800',
    '\udfff\ud800',
  ),
);

const scalars: fc.Arbitrary<unknown> = fc.oneof(
  keys,
  fc.double(),
  fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 2 ** 53, 5e-324, null, true, false),
  fc.date({ noInvalidDate: true }),
);

/** A view that begins and ends within its buffer. */
const views = fc
  .tuple(
    fc.uint8Array({ minLength: 16, maxLength: 40 }),
    fc.constantFrom(Uint8Array, Float32Array, BigInt64Array),
  )
  .map(
    ([bytes, Kind]) => new Kind(bytes.buffer, 8, Math.floor((bytes.length - 8) / Kind.BYTES_PER_ELEMENT / 2)),
  );

class Model {
  readonly layers = 3;
}

/** A function to make each, since some are used up by reading them. */
const unstorable: fc.Arbitrary<unknown> = fc
  .constantFrom<(() => unknown)[]>(
    () => Symbol('s'),
    () => 1n,
    () => () => 1,
    () => new Model(),
    () => /x/,
    () => new Date(Number.NaN),
    () => new DataView(new ArrayBuffer(2)),
    () => new Number(1),
    () => Promise.resolve(),
    () => new WeakMap(),
    () => closedProxy(),
    () => throwing(),
    () => cycle(),
    () => deep(),
    () => new Error('no'),
  )
  .map((make) => make());

const refused = new WeakSet<object>();

function noted<T extends object>(value: T): T {
  refused.add(value);
  return value;
}

/** One that was revoked cannot even be looked at by whoever makes the values. */
function closedProxy(): object {
  const refuse = (): never => {
    throw new TypeError('closed');
  };
  return noted(new Proxy({}, { ownKeys: refuse, get: refuse }));
}

function throwing(): object {
  return noted({
    get now(): never {
      throw new Error('not now');
    },
  });
}

function cycle(): object {
  const map = new Map<string, unknown>();
  map.set('self', [map]);
  return noted(map);
}

function deep(): object {
  let value: object = {};
  for (let i = 0; i < 10_000; i++) value = i % 2 ? { a: value } : [value];
  return noted(value);
}

/** Values of all kinds, most of them storable. */
export const anyValue: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    { weight: 30, arbitrary: scalars },
    { weight: 6, arbitrary: views },
    { weight: 1, arbitrary: unstorable },
    { weight: 10, arbitrary: fc.array(tie('value'), { maxLength: 4 }) },
    { weight: 10, arbitrary: fc.dictionary(keys, tie('value'), { maxKeys: 4, noNullPrototype: true }) },
    {
      weight: 4,
      arbitrary: fc
        .array(fc.tuple(tie('value'), tie('value')), { maxLength: 3 })
        .map((entries) => new Map(entries)),
    },
    { weight: 4, arbitrary: fc.array(tie('value'), { maxLength: 3 }).map((elements) => new Set(elements)) },
  ),
})).value;

/** Whether a value of {@link anyValue} can be stored, told without the code that is tested. */
export function isStorable(value: unknown): boolean {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true;
  if (typeof value !== 'object' || refused.has(value)) return false;
  if (value instanceof Date) return !Number.isNaN(value.getTime());
  if (ArrayBuffer.isView(value)) return !(value instanceof DataView);
  if (Array.isArray(value) || value instanceof Set) return [...value].every(isStorable);
  if (value instanceof Map) return [...value].flat().every(isStorable);
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  return Object.values(value).every((each) => each === undefined || isStorable(each));
}
