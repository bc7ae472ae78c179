import * as trialbase from 'trialbase';
import { expect, it } from 'vitest';

it('opens its door, and has named exports only', () => {
  expect(trialbase).not.toHaveProperty('default');
});
