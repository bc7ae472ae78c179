import * as client from '@trialbase/client';
import { expect, it } from 'vitest';

it('opens its door, and has named exports only', () => {
  expect(client).not.toHaveProperty('default');
});
