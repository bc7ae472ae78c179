import * as node from '@trialbase/node';
import { expect, it } from 'vitest';

it('opens its door, and has named exports only', () => {
  expect(node).not.toHaveProperty('default');
});
