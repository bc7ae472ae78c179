import { InvalidConfigurationError } from 'trialbase';
import { expect, it } from 'vitest';
import { readAddress, writeAddress } from '../src/address.js';

it('an address names the search and its limits', () => {
  expect(readAddress('?name=mine&workers=3&trials=100&seed=0')).toEqual({
    name: 'mine',
    workers: 3,
    trials: 100,
    seed: 0,
  });
});

it('an address may leave out anything', () => {
  expect(readAddress('')).toEqual({ name: 'digits', workers: undefined, trials: undefined, seed: undefined });
  expect(readAddress('?name=&trials=').name).toBe('digits');
});

it.each(['?trials=0', '?trials=many', '?trials=1.5', '?workers=17', '?seed=-1', '?trials=1e3'])(
  'an address with a wrong number, %s, is refused, and told how it should be',
  (query) => {
    expect(() => readAddress(query)).toThrow(InvalidConfigurationError);
    expect(() => readAddress(query)).toThrow(/give a whole number from/);
  },
);

it('an address that is written reads back', () => {
  const address = { name: 'a b&c=d', workers: 2, trials: undefined, seed: 7 };
  expect(readAddress(writeAddress(address))).toEqual(address);
});
