import { firefox, webkit } from 'playwright';
import { type Devtools, devtools } from '../../../browsers/devtools.js';
import { launchOptions, webkitGtk } from '../../../browsers/engines.mjs';
import { openPlainChromium } from '../../../browsers/plain-chromium.js';
import { openProfile, type Profile } from '../../../browsers/profile.js';
import type { Tab } from '../../../browsers/tab.js';
import { WebKitBrowser } from '../../../browsers/webkit-browser.js';

/** A browser that runs, with a profile that is its own and new. */
export interface Browser {
  openTab(): Promise<Tab>;
  /** What can be done to tabs from outside, in Chromium alone. */
  readonly devtools?: Devtools;
  close(): Promise<void>;
}

/** The engines that are here, by name. */
export const engines: Readonly<Record<string, () => Promise<Browser>>> = {
  ...(launchOptions.chromium && { Chromium: async () => inProfile(await openPlainChromium(), devtools) }),
  ...(launchOptions.firefox && { Firefox: async () => inProfile(await openProfile(firefox)) }),
  ...(launchOptions.webkit && { WebKit: async () => inProfile(await openProfile(webkit)) }),
  ...ofWebKitGtk(webkitGtk),
};

function ofWebKitGtk(gtk: typeof webkitGtk): Record<string, () => Promise<Browser>> {
  return gtk ? { WebKit: () => WebKitBrowser.start(gtk) } : {};
}

function inProfile(profile: Profile, tools?: Devtools): Browser {
  return {
    openTab: () => profile.context.newPage(),
    ...(tools && { devtools: tools }),
    close: () => profile.close(),
  };
}
