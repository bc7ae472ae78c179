/** Values that every store must give back as they were written, with what each is there for. */
export const storableValues: readonly (readonly [what: string, value: unknown])[] = [
  ['null', null],
  ['true and false', [true, false]],
  ['whole numbers', [0, 1, -1, 2 ** 31, 2 ** 53 - 1, -(2 ** 53), 1e21, 1e300]],
  ['fractions, to the last bit', [0.1, 0.1 + 0.2, 1 / 3, Math.PI, 5e-324, 1.7976931348623157e308]],
  ['NaN', Number.NaN],
  ['the infinities', [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]],
  ['-0', [-0, { zero: -0 }]],
  [
    'strings',
    [
      '',
      'text',
      'line\nbreak',
      'tab\t',
      'quotes "\'`',
      'back\\slash',
      '\u0000',
      '\u2028',
      'ünï',
      '\u{1f600}',
    ],
  ],
  ['lone surrogates', ['\ud800', 'a\udc00b', '\ude00\ud83d']],
  ['strings that look like something else', ['2024-01-01T00:00:00.000Z', 'NaN', 'null', '$date', '1']],
  ['dates', [new Date(0), new Date('2024-02-29T23:59:59.999Z'), new Date(-1), new Date(8.64e15)]],
  ['bytes', [Uint8Array.of(), Uint8Array.of(0, 127, 128, 255)]],
  ['a view of a part of a buffer', new Uint8Array(Uint8Array.of(9, 1, 2, 9).buffer, 1, 2)],
  ['empty arrays and objects', [[], {}, { a: [] }, [{}]]],
  ['keys with dots and dollars', { 'a.b': 1, $set: 2, '$date.x': { $number: 3 } }],
  [
    'objects that look like tags',
    [{ $date: '2024-01-01T00:00:00.000Z' }, { $number: 'NaN' }, { $map: [] }, { $escape: {} }],
  ],
  [
    'odd keys',
    { '': 1, ' ': 2, '0': 3, '-1': 4, ключ: 5, constructor: 6, toString: 7, hasOwnProperty: 8, '\ud800': 9 },
  ],
  ['an array of everything', [null, 1, 'one', new Date(1), [Number.NaN, [-0]], { a: Uint8Array.of(1) }]],
  ['deep nesting', nested(100)],
  ['a long text', 'x'.repeat(100_000)],
  [
    'maps',
    new Map<unknown, unknown>([
      ['a', 1],
      [1, new Map([['b', Number.NaN]])],
      [null, new Date(0)],
    ]),
  ],
  ['sets', new Set<unknown>([1, 'one', null, Number.NaN, -0.5])],
  [
    'a state of an algorithm',
    { rng: Uint32Array.of(1, 2 ** 32 - 1), seen: new Set(['a']), by: new Map([[1, [1.5, null]]]) },
  ],
  [
    'typed arrays of integers',
    [Int8Array.of(-1), Int16Array.of(-2), Uint16Array.of(2), Int32Array.of(-3), Uint8ClampedArray.of(300)],
  ],
  [
    'typed arrays of floats',
    [Float32Array.of(0.1, Number.NaN), Float64Array.of(0.1, -0, Number.POSITIVE_INFINITY)],
  ],
  ['typed arrays of large integers', [BigInt64Array.of(-(2n ** 63n)), BigUint64Array.of(2n ** 64n - 1n)]],
];

/** An object whose own key is `__proto__`, as `JSON.parse` makes one. */
export function withOwnProto(value: unknown): object {
  return Object.defineProperty({}, '__proto__', {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

function nested(levels: number): unknown {
  let value: unknown = 'the bottom';
  for (let i = 0; i < levels; i++) value = i % 2 === 0 ? { a: value } : [value];
  return value;
}
