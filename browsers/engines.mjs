/** Which browser engines this machine has. Vitest and Playwright run the tests in those that are found here. */

import { existsSync } from 'node:fs';
import { chromium, firefox } from 'playwright';

/**
 * How Playwright starts each of its engines that is here: its own browser if that is installed, else the system's.
 *
 * @type {Partial<Record<'chromium' | 'firefox', import('playwright').LaunchOptions>>}
 */
export const launchOptions = {
  ...foundFor(chromium, { args: ['--disable-gpu', '--disable-quic', '--disable-sync'] }, [
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ]),
  // A Firefox without Playwright's patches is driven through WebDriver BiDi: that is what this channel means.
  ...foundFor(firefox, { channel: 'moz-firefox' }, [
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
  ]),
};

/**
 * What that BiDi cannot set, and Playwright sets otherwise, is left as the browser has it.
 *
 * @type {import('playwright').BrowserContextOptions}
 */
export const contextOptions = { colorScheme: null, reducedMotion: null, forcedColors: null, contrast: null };

/**
 * @param {import('playwright').BrowserType} engine
 * @param {import('playwright').LaunchOptions} options what a browser of the system needs
 * @param {string[]} usualPlaces of the system's browsers; the first that exists is taken
 */
function foundFor(engine, options, usualPlaces) {
  if (existsSync(engine.executablePath())) return { [engine.name()]: {} };
  const executablePath = usualPlaces.find((path) => existsSync(path));
  return executablePath === undefined ? {} : { [engine.name()]: { ...options, executablePath } };
}
