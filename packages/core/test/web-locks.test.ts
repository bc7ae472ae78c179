import { expect, it } from 'vitest';
import { webLocks } from '../src/adapter.js';

it('Web Locks are there where Node has them, from 24 on, and undefined before', () => {
  const [major = 0] = process.versions.node.split('.').map(Number);
  expect(webLocks('a') !== undefined).toBe(major >= 24);
});
