import { expect, it } from 'vitest';
import { parseExtended, writeExtended } from '../src/extended-json.js';

it('what JSON has no words for is written and reads back', () => {
  const value = {
    time: new Date(Date.UTC(2026, 0, 31)),
    results: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 1.5],
    nested: { none: null, text: 'a' },
  };
  const text = writeExtended(value);
  expect(JSON.parse(text).time).toEqual({ $date: '2026-01-31T00:00:00.000Z' });
  expect(parseExtended(text)).toEqual(value);
});

it('a query in JSON may name a time', () => {
  const query = parseExtended('{ "end_time": { "$gt": { "$date": "2026-01-31T12:00:00Z" } } }');
  expect(query).toEqual({ end_time: { $gt: new Date(Date.UTC(2026, 0, 31, 12)) } });
});

it('operators of queries are left as they are', () => {
  const query = '{"results.value":{"$lt":0.1},"$or":[{"status":"new"}]}';
  expect(JSON.stringify(parseExtended(query))).toBe(query);
});

it.each(['{ "status": ', '{ "end_time": { "$date": "yesterday" } }'])('%s is refused as no JSON', (text) => {
  expect(() => parseExtended(text)).toThrow(SyntaxError);
});
