import { expect, test } from '@playwright/test';
import { photograph } from './photograph.js';
import { expectCompleted } from './search-tab.js';

test.use({ viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true, isMobile: true });

test('on a phone in the dark nothing is cut off, and the keyboard is enough to search', async ({
  page,
}, info) => {
  await page.goto('browser-search/index.html?trials=4&workers=1&seed=4');
  await expect(page.getByRole('button', { name: 'Start' })).toBeEnabled();
  await page.getByLabel('Trials wanted').focus();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Start' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expectCompleted(page, 4);

  const [wanted, present] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(wanted).toBe(present);
  const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const shades =
    background
      .match(/[\d.]+/g)
      ?.slice(0, 3)
      .map(Number) ?? [];
  expect(Math.max(...shades)).toBeLessThan(background.startsWith('rgb') ? 80 : 0.35);
  await photograph(page, 'phone-dark', info);
});
