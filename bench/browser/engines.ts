import { chromium, firefox, type Page, type Browser as PlaywrightBrowser, webkit } from 'playwright';
import { contextOptions, launchOptions, webkitGtk } from '../../browsers/engines.mjs';
import type { Tab } from '../../browsers/tab.js';
import { WebKitBrowser } from '../../browsers/webkit-browser.js';

/** A browser that runs, with a profile that is its own and new. */
export interface Browser {
  openTab(): Promise<Tab>;
  /** Crashes the process of a tab, where that can be done to one tab alone. */
  readonly crash?: (tab: Tab) => Promise<void>;
  close(): Promise<void>;
}

/** The engines that are here, by name. */
export const engines: Readonly<Record<string, () => Promise<Browser>>> = {
  ...(launchOptions.chromium && {
    Chromium: async () => ofPlaywright(await chromium.launch(launchOptions.chromium), crash),
  }),
  ...(launchOptions.firefox && {
    Firefox: async () => ofPlaywright(await firefox.launch(launchOptions.firefox)),
  }),
  ...(launchOptions.webkit && {
    WebKit: async () => ofPlaywright(await webkit.launch(launchOptions.webkit)),
  }),
  ...ofWebKitGtk(webkitGtk),
};

function ofWebKitGtk(gtk: typeof webkitGtk): Record<string, () => Promise<Browser>> {
  return gtk ? { WebKit: () => WebKitBrowser.start(gtk) } : {};
}

async function ofPlaywright(
  browser: PlaywrightBrowser,
  crashing?: (tab: Tab) => Promise<void>,
): Promise<Browser> {
  const context = await browser.newContext(contextOptions);
  return {
    openTab: () => context.newPage(),
    ...(crashing && { crash: crashing }),
    close: () => browser.close(),
  };
}

async function crash(tab: Tab): Promise<void> {
  const page = tab as Page;
  const devtools = await page.context().newCDPSession(page);
  // Never answered: there is nobody left to do so.
  devtools.send('Page.crash').catch(() => undefined);
}
