import { expect, it } from 'vitest';
import { tabWorkerName } from '../src/index.js';

it('has a name for a worker of a process, which is no tab', async () => {
  const name = await tabWorkerName();
  expect(name).toMatch(/^tab-\w{8,}$/);
  expect(await tabWorkerName()).toBe(name);
  expect(await tabWorkerName('other')).toMatch(/^other-\w{8,}$/);
});
