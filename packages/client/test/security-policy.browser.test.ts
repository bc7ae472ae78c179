import { beforeAll, expect, it } from 'vitest';
import { openExperiment, real } from '../src/index.js';
import { alone, pause } from './connect.js';

const refused: string[] = [];

beforeAll(() => {
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    refused.push(`${effectiveDirective} ${blockedURI}`),
  );
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = "worker-src 'none'";
  document.head.append(policy);
});

it('works with the timers of the page where its security policy forbids the worker', async () => {
  const storage = await alone({ lostAfter: 400 });
  const experiment = await openExperiment(storage, { name: 'e', space: { x: real(0, 1) }, maxTrials: 2 });
  const lost: unknown[] = [];
  const objective = async (): Promise<number> => {
    await pause(800);
    lost.push(...(await storage.fetchLostTrials(experiment.record)));
    return 1;
  };
  const summary = await experiment.workOn(objective, { heartbeatInterval: 50 });
  expect(summary).toEqual({ completed: 2, broken: 0, reason: 'max-trials' });
  expect(lost).toEqual([]);
  expect(refused).toEqual(['worker-src blob']);
});
