import type { CDPSession, Page } from 'playwright';
import type { Tab } from './tab.js';

/** What happens to tabs, and can be made to happen. */
export interface Devtools {
  /** Crashes the process of a tab, and of no other. */
  crash(tab: Tab): Promise<void>;
  /** Stops all that runs in a tab, as the browser does with one that is not looked at, or lets it go on. */
  setFrozen(tab: Tab, isFrozen: boolean): Promise<void>;
  /** Sets how many bytes an origin may store; without a number, what it might before. */
  setQuota(tab: Tab, origin: string, bytes?: number): Promise<void>;
  /** Deletes what an origin has stored in IndexedDB, as a user does who deletes the data of a site. */
  clearDatabases(tab: Tab, origin: string): Promise<void>;
}

/** All of it, by the line that Chromium has behind each tab. */
export const devtools: Devtools = {
  async crash(tab) {
    // Never answered: there is nobody left to do so.
    (await lineTo(tab)).send('Page.crash').catch(() => undefined);
  },
  async setFrozen(tab, isFrozen) {
    const state = isFrozen ? 'frozen' : 'active';
    await (await lineTo(tab)).send('Page.setWebLifecycleState', { state });
  },
  async setQuota(tab, origin, bytes) {
    const quota = bytes === undefined ? {} : { quotaSize: bytes };
    await (await lineTo(tab)).send('Storage.overrideQuotaForOrigin', { origin, ...quota });
  },
  async clearDatabases(tab, origin) {
    await (await lineTo(tab)).send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
  },
};

const lines = new WeakMap<Tab, Promise<CDPSession>>();

/** The line behind a tab. One is enough: what was set through it holds as long as it is open. */
function lineTo(tab: Tab): Promise<CDPSession> {
  const page = tab as Page;
  const line = lines.get(tab) ?? page.context().newCDPSession(page);
  lines.set(tab, line);
  return line;
}
