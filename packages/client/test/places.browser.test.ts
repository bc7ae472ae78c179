import { describe, expect, it } from 'vitest';
import { type Found, search } from './places/search.js';

function inPage(): Promise<Found> {
  return search();
}

async function inDedicatedWorker(): Promise<Found> {
  const url = new URL('./places/dedicated-worker.ts', import.meta.url);
  const worker = new Worker(url, { type: 'module' });
  const found = await messageFrom(worker, worker);
  worker.terminate();
  return found;
}

async function inSharedWorker(): Promise<Found> {
  const url = new URL('./places/shared-worker.ts', import.meta.url);
  const worker = new SharedWorker(url, { type: 'module' });
  const found = await messageFrom(worker.port, worker);
  worker.port.close();
  return found;
}

function messageFrom(port: Worker | MessagePort, worker: Worker | SharedWorker): Promise<Found> {
  return new Promise((resolve, reject) => {
    port.addEventListener('message', (event) => resolve((event as MessageEvent<Found>).data));
    worker.addEventListener('error', () => reject(new Error('The worker failed')));
    if ('start' in port) port.start();
  });
}

describe('workOn', () => {
  it.each([inPage, inDedicatedWorker, inSharedWorker])('%o: runs', async (run) => {
    const found = await run();
    expect(found).toMatchObject({ completed: 12, lost: 0, inPage: run === inPage });
  });

  it('finds the same wherever it runs', async () => {
    const [page, dedicated, shared] = await Promise.all([inPage(), inDedicatedWorker(), inSharedWorker()]);
    expect(page.points.some(({ n }) => n === 5)).toBe(true);
    expect(dedicated.points).toEqual(page.points);
    expect(shared.points).toEqual(page.points);
  });
});
