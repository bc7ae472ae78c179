import * as file from '@trialbase/file';
import { expect, it } from 'vitest';

it('opens its door, and has named exports only', () => {
  expect(file).not.toHaveProperty('default');
});
