import { expect, test } from '@playwright/test';
import { runBrowserChaos } from '../proof/browser/chaos/run.js';

/** The long form is `npm run chaos -- browser`. */
test.describe('tabs and workers of which some are closed, crashed, frozen, terminated and robbed all the time', () => {
  test.setTimeout(180_000);

  test('lose nothing, hold no trial twice and leave no call hanging', async () => {
    const [report] = await runBrowserChaos({ minutes: 0.06, seed: 1, engine: 'chromium' });
    expect(report?.faults).toEqual([]);
    expect(report?.figures['attacks made']).toBeGreaterThan(0);
    expect(report?.figures['trials, locks and keys checked']).toBeGreaterThan(0);
  });

  test('do not hide a store that loses what it has acknowledged', async () => {
    const [report] = await runBrowserChaos({
      minutes: 0.06,
      seed: 1,
      engine: 'chromium',
      fault: 'loses-writes',
    });
    expect(report?.faults.join()).toContain('No order of its');
  });
});
