import { expect, it } from 'vitest';
import { Wait } from '../src/locks/wait.js';

it.each([2 ** 31, Number.POSITIVE_INFINITY])(
  'a wait of %d ms, for which no timer can be set, does not end at once',
  async (milliseconds) => {
    const abort = new AbortController();
    const wait = new Wait(milliseconds, abort.signal);
    const slept = wait.sleep(milliseconds);
    setTimeout(() => abort.abort('enough'), 30);
    await expect(slept).rejects.toBe('enough');
    wait.end();
  },
);
