import { expect, test } from '@playwright/test';

test('the search completes its trials', async ({ page }) => {
  await page.goto('/valley.html'); // which has: window.experiment = await openExperiment(…)
  await expect(page).toHaveTitle('Done');

  const trials = await page.evaluate(() => window.experiment.trials({ where: { status: 'completed' } }));
  expect(trials).toHaveLength(30);
  expect(trials[0]?.end_time).toBeInstanceOf(Date);
});
