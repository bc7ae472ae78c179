import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CorruptStoreError, InvalidDocumentError } from '../src/errors.js';
import { decode, encode } from '../src/values/codec.js';
import { nested, storableValues } from './storable-values.js';

test('every storable value reads back the same', () => {
  fc.assert(
    fc.property(storableValues, (value) => {
      expect(isDeepStrictEqual(decode(encode(value)), value)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('encoding leaves the value as it was', () => {
  fc.assert(
    fc.property(storableValues, (value) => {
      const before = structuredClone(value);
      encode(value);
      expect(isDeepStrictEqual(value, before)).toBe(true);
    }),
  );
});

test('the text is JSON on one line', () => {
  fc.assert(
    fc.property(storableValues, (value) => {
      const text = encode(value);
      expect(text).not.toMatch(/[\n\r]/);
      expect(() => JSON.parse(text)).not.toThrow();
    }),
  );
});

describe('what a person reads in a journal', () => {
  test.each([
    [{ a: [1, 'x', null, true] }, '{"a":[1,"x",null,true]}'],
    [new Date(1_704_067_200_000), '{"$date":1704067200000}'],
    [
      [Number.NaN, Infinity, -Infinity, -0],
      '[{"$number":"NaN"},{"$number":"Infinity"},{"$number":"-Infinity"},{"$number":"-0"}]',
    ],
    [new Uint8Array([1, 2, 3, 4]), '{"$bytes":"AQIDBA=="}'],
    [new Uint8Array([1, 2, 3, 4]).subarray(1, 3), '{"$bytes":"AgM="}'],
    [new Float32Array([1]), '{"$typed":["Float32Array","AACAPw=="]}'],
    [new Map([['k', new Date(0)]]), '{"$map":[["k",{"$date":0}]]}'],
    [new Set([1, -0]), '{"$set":[1,0]}'],
    [{ $date: 1 }, '{"$$date":1}'],
    [{ $$date: { $lt: 1 } }, '{"$$$date":{"$$lt":1}}'],
    [{ $gt: 1, $lt: 2 }, '{"$gt":1,"$lt":2}'],
  ])('%j is written as %s', (value, text) => {
    expect(encode(value)).toBe(text);
  });
});

test('an own __proto__ stays data, with a date in it too', () => {
  const value = JSON.parse('{"__proto__":{"polluted":true},"a":1}');
  const dated = Object.fromEntries([['__proto__', new Date(5)]]);
  expect(decode(encode(value))).toStrictEqual(value);
  expect(decode(encode(dated))).toStrictEqual(dated);
  expect(Object.keys(decode(encode(dated)) as object)).toEqual(['__proto__']);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
});

test('200 levels of nesting read back the same', () => {
  expect(decode(encode(nested(200)))).toStrictEqual(nested(200));
});

test('300 maps inside one another read back the same', () => {
  let value: unknown = 1;
  for (let level = 0; level < 300; level++) value = new Map([[value, { $date: level }]]);
  expect(decode(encode(value))).toStrictEqual(value);
});

test('an invalid date, which could not be read back, is refused', () => {
  expect(() => encode({ a: [new Date(Number.NaN)] })).toThrow(InvalidDocumentError);
});

test('base64 agrees with the platform for every remainder of three', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
      expect(JSON.parse(encode(bytes))).toEqual({ $bytes: Buffer.from(bytes).toString('base64') });
    }),
  );
});

describe('text that encode never wrote is refused as corrupt', () => {
  test.each([
    ['{"$nope":1}', /"\$nope" is no tag/],
    ['{"$constructor":1}', /"\$constructor" is no tag/],
    ['{"a":[{"$date":"today"}]}', /tag \$date cannot stand for "today"/],
    ['{"$number":"one"}', /tag \$number/],
    ['{"$bytes":"AQ"}', /tag \$bytes/],
    ['{"$bytes":"A*=="}', /tag \$bytes/],
    ['{"$bytes":"AQ==AQ=="}', /tag \$bytes/],
    ['{"$map":[[1]]}', /tag \$map/],
    ['{"$set":{}}', /tag \$set/],
    ['{"$typed":["Function","AAAA"]}', /tag \$typed/],
    ['{"$typed":["Float64Array","AAAA"]}', /tag \$typed/],
    ['{"a":', /not the text of a stored value/],
    ['', /not the text of a stored value/],
    ['{"$date":9e15}', /tag \$date cannot stand for/],
    [`${'['.repeat(100_000)}{"$date":1}${']'.repeat(100_000)}`, /more than 1000 levels deep/],
    [`${'['.repeat(1_001)}${']'.repeat(1_001)}`, /more than 1000 levels deep/],
    [`${'{"$$a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, /more than 1000 levels deep/],
    [`${'{"$set":['.repeat(100_000)}1${']}'.repeat(100_000)}`, /more than 1000 levels deep/],
  ])('%.60s', (text, message) => {
    expect(() => decode(text)).toThrow(CorruptStoreError);
    expect(() => decode(text)).toThrow(message);
  });
});
