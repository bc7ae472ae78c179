import { crc32 } from 'node:zlib';
import * as fc from 'fast-check';

const scalar = fc.constantFrom<unknown>(
  '_id',
  '__proto__',
  'constructor',
  'trials',
  'put',
  'set',
  'remove',
  'rows',
  'x',
  '\ud800',
  'merge',
  1,
  -1,
  0,
  1e308,
  null,
  true,
  '\u0000',
  '$date',
  128,
);
const odd: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.constantFrom(
        '_id',
        '__proto__',
        'constructor',
        '$date',
        '$number',
        '$bytes',
        '$map',
        '$set',
        '$typed',
        '$$x',
        'status',
        'experiment',
        'id',
      ),
      tie('value'),
      { maxKeys: 3, noNullPrototype: true },
    ),
  ),
})).value;

const id = fc.constantFrom<unknown>('t0', 't1', 'new', 1, null, { $number: 'NaN' }, [], 1e308);
const document = fc.tuple(id, odd, odd).map(([_id, experiment, rest]) => ({ _id, experiment, rest }));
const collection = fc.constantFrom<unknown>(
  'trials',
  'algo',
  'experiments',
  'benchmarks',
  '__proto__',
  'others',
  5,
);
const effect: fc.Arbitrary<unknown> = fc.oneof(
  odd,
  fc.tuple(fc.constant('put'), collection, fc.oneof(document, odd)),
  fc.tuple(fc.constant('set'), collection, id, odd),
  fc.tuple(fc.constant('remove'), collection, id),
  fc.tuple(
    fc.constant('rows'),
    collection,
    fc.constantFrom(['_id', 'a'], ['_id', '__proto__'], ['a'], 'x', []),
    fc.array(fc.tuple(id, odd)),
  ),
);

/** The fields of a record; `at` is put in by whoever knows where the journal ends. */
const record = fc.oneof(
  { weight: 8, arbitrary: fc.record({ by: fc.constant('x'), effects: fc.array(effect, { maxLength: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ by: odd, effects: odd, seal: odd }, { requiredKeys: [] }) },
  { weight: 1, arbitrary: odd },
);

/** What a line says, with the place in it where deep nesting or bytes that are no text are put. */
export const hostileTexts: fc.Arbitrary<(at: number) => Buffer> = fc
  .tuple(record, fc.constantFrom('', '', '', 'deep', 'bytes', 'huge', 'cut'), fc.boolean())
  .map(([fields, trick, isNext]) => (end) => {
    const at = isNext ? end : 0;
    const isRecord = typeof fields === 'object' && fields !== null && !Array.isArray(fields);
    const text = JSON.stringify(isRecord ? { at, ...fields } : fields);
    return Buffer.from(lineOf(tricked(text, trick)));
  });

function tricked(text: string, trick: string): Buffer {
  if (trick === 'deep') return Buffer.from(text.replace('"x"', `${'['.repeat(10_000)}${']'.repeat(10_000)}`));
  if (trick === 'huge')
    return Buffer.from(text.replace(/:1\b/, ':1e999').replace('"at":128', '"at":9007199254740993'));
  if (trick === 'cut') return Buffer.from(text.slice(0, -1));
  if (trick === 'bytes')
    return Buffer.concat([
      Buffer.from(text.slice(0, 12)),
      Buffer.of(0xff, 0xc0),
      Buffer.from(text.slice(12)),
    ]);
  return Buffer.from(text);
}

function lineOf(body: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`${crc32(body).toString(16).padStart(8, '0')} `),
    body,
    Buffer.from('\n'),
  ]);
}
