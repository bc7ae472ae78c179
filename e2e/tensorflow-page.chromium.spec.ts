import { expect, test } from '@playwright/test';
import { photograph } from './photograph.js';

/** Called in the page: for each trial in its store, for how many epochs it learned. */
async function reportedEpochs(): Promise<number[]> {
  type Stored = { document: { results: { name: string; value: unknown }[] } };
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('tensorflow-page');
    opening.addEventListener('success', () => resolve(opening.result));
    opening.addEventListener('error', () => reject(opening.error));
  });
  const trials = await new Promise<Stored[]>((resolve, reject) => {
    const reading = database.transaction('trials').objectStore('trials').getAll();
    reading.addEventListener('success', () => resolve(reading.result as Stored[]));
    reading.addEventListener('error', () => reject(reading.error));
  });
  database.close();
  return trials.map(({ document: { results } }) => {
    const reports = results.find(({ name }) => name === 'reports')?.value;
    return Array.isArray(reports) ? reports.length : 0;
  });
}

test('the page stops at its button, and goes on with the trials it was at when it is loaded again', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.goto('tensorflow-page/index.html?trials=100');
  await expect(page.locator('#running li').first()).toHaveText(/after epoch/, { timeout: 60_000 });
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page).toHaveTitle('Stopped', { timeout: 30_000 });
  await expect(page.getByRole('button', { name: 'Stop' })).toHaveCount(0);
  await expect(page.locator('#now')).toBeHidden(); // nothing is held any more
  const before = await page.locator('#count').textContent();
  await page.reload();
  await expect(page.locator('#running li').first()).toHaveText(/after epoch/, { timeout: 60_000 });
  await expect(page.locator('#count')).not.toHaveText(before ?? '', { timeout: 60_000 });
});

test('a network of TensorFlow.js is tuned, and what learns too slowly is stopped early', async ({
  page,
}, info) => {
  test.setTimeout(180_000);
  const errors: unknown[] = [];
  page.on('pageerror', (error) => errors.push(error));
  // Ten trials, which are all of the even cover with which the search begins: the same each time.
  await page.goto('tensorflow-page/index.html?trials=10');
  await expect(page.locator('#running li').first()).toHaveText(/loss \d\.\d{3} after epoch/, {
    timeout: 60_000,
  });
  await page.reload(); // it goes on with the trials it was at
  await expect(page.locator('#saved')).toHaveText(/[1-9] of \d+ were stopped early/, { timeout: 90_000 });
  await expect(page).toHaveTitle('Tuned', { timeout: 90_000 });

  await expect(page.locator('#count')).toHaveText('10 of 10');
  await expect(page.locator('#saved')).toHaveText(
    /^[1-9] of 10 were stopped early, which spared [1-9]\d?\s%/,
  );
  await expect(page.getByRole('img')).toHaveAccessibleName(/0 running, [1-9] completed, [1-9] stopped early/);
  const lengths = await page.evaluate(reportedEpochs);
  const short = lengths.filter((epochs) => epochs < 12).length;
  await expect(page.locator('#saved')).toHaveText(new RegExp(`^${short} of 10 were stopped early`));
  const [, best] = /has a loss of (\d\.\d{4})/.exec((await page.locator('#best').textContent()) ?? '') ?? [];
  expect(Number(best)).toBeLessThan(0.7); // of guessing it is the logarithm of ten
  await photograph(page, 'tensorflow', info);

  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 390, height: 844 });
  await photograph(page, 'tensorflow-phone-dark', info);
  const [wanted, present] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(wanted).toBe(present);
  expect(errors).toEqual([]);
});
