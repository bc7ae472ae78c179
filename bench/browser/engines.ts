import { type BrowserType, chromium, firefox, type Page, webkit } from 'playwright';
import { devtools } from '../../browsers/devtools.js';
import { launchOptions, type WebKitGtk, webkitGtk } from '../../browsers/engines.mjs';
import { openProfile } from '../../browsers/profile.js';
import type { Tab } from '../../browsers/tab.js';
import { WebKitBrowser } from '../../browsers/webkit-browser.js';
import type { Site } from './site.js';
import { WindowTab } from './window-tab.js';

/** A browser that runs, with a profile that is its own and new. */
export interface Browser {
  openTab(): Promise<Tab>;
  /** Opens a tab that keeps its data on disk, as those of people do. */
  openDiskTab(): Promise<Pick<Tab, 'goto' | 'evaluate' | 'close'>>;
  /** Crashes the process of a tab, where that can be done to one tab alone. */
  readonly crash?: (tab: Tab) => Promise<void>;
  close(): Promise<void>;
}

/** The engines that are here, by name. */
export const engines: Readonly<Record<string, (site: Site) => Promise<Browser>>> = {
  ...(launchOptions.chromium && { Chromium: () => startPlaywright(chromium, (tab) => devtools.crash(tab)) }),
  ...(launchOptions.firefox && { Firefox: () => startPlaywright(firefox) }),
  ...(launchOptions.webkit && { WebKit: () => startPlaywright(webkit) }),
  ...ofWebKitGtk(webkitGtk),
};

async function startPlaywright(engine: BrowserType, crashing?: Browser['crash']): Promise<Browser> {
  const { context, ...profile } = await openProfile(engine);
  const openTab = (): Promise<Page> => context.newPage();
  return {
    openTab,
    openDiskTab: openTab,
    ...(crashing && { crash: crashing }),
    close: () => profile.close(),
  };
}

/** WebKit keeps what a driven page stores in memory, where some of it costs twenty times as much as on disk. */
function ofWebKitGtk(gtk: WebKitGtk | undefined): typeof engines {
  if (!gtk) return {};
  return {
    WebKit: async ({ orders }) => {
      const driven = await WebKitBrowser.start(gtk);
      return {
        openTab: () => driven.openTab(),
        openDiskTab: () => WindowTab.open(gtk, orders),
        close: () => driven.close(),
      };
    },
  };
}
