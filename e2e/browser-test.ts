import { test as base } from '@playwright/test';
import { contextOptions, webkitGtk } from '../browsers/engines.mjs';
import type { Tab } from '../browsers/tab.js';
import { WebKitBrowser } from '../browsers/webkit-browser.js';

/** What its tabs share, and nobody else: a browser's storage, locks and channels. */
interface Profile {
  openTab(): Promise<Tab>;
  close(): Promise<void>;
}

/** Tests with `openTab` run in all engines. Those with Playwright's `page` or `context` are for the engines it drives. */
export const test = base.extend<
  { openTab: (path?: string) => Promise<Tab> },
  { newProfile: () => Promise<Profile> }
>({
  /** Opens one more tab of the test's own profile, at a page of this folder. */
  openTab: async ({ newProfile, baseURL }, use) => {
    const profile = await newProfile();
    await use(async (path = 'blank.html') => {
      const tab = await profile.openTab();
      await tab.goto(new URL(path, baseURL).href);
      return tab;
    });
    await profile.close();
  },

  newProfile: [
    async ({ playwright, browserName, launchOptions }, use) => {
      const ofGtk = browserName === 'webkit' ? webkitGtk : undefined;
      if (ofGtk) {
        await use(() => WebKitBrowser.start(ofGtk));
        return;
      }
      const browser = await playwright[browserName].launch(launchOptions);
      await use(async () => {
        const context = await browser.newContext(contextOptions);
        return { openTab: () => context.newPage(), close: () => context.close() };
      });
      await browser.close();
    },
    { scope: 'worker' },
  ],
});
