/** Which browsers are here to run tests in: Playwright's own where they are installed, else the system's. */

import { existsSync } from 'node:fs';
import { chromium, firefox, webkit } from 'playwright';

/**
 * How Playwright starts each engine that it can drive here.
 *
 * @type {Partial<Record<'chromium' | 'firefox' | 'webkit', import('playwright').LaunchOptions>>}
 */
export const launchOptions = {
  ...found(chromium, {
    options: {
      args: [
        '--disable-gpu',
        '--disable-quic',
        '--disable-sync',
        // A name of this machine that the browser does not take for secure.
        '--host-resolver-rules=MAP insecure.test 127.0.0.1',
      ],
    },
    places: [
      '/usr/bin/chromium',
      '/usr/bin/google-chrome',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
  }),
  ...found(firefox, {
    // A Firefox without Playwright's patches is driven through WebDriver BiDi: that is what this channel means.
    options: { channel: 'moz-firefox' },
    places: ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'],
  }),
  ...found(webkit),
};

/**
 * What BiDi cannot emulate, and Playwright would ask for, is left as the browser has it.
 *
 * @type {import('playwright').BrowserContextOptions}
 */
export const contextOptions = { colorScheme: null, reducedMotion: null, forcedColors: null, contrast: null };

/** WebKit as GTK's desktops have it, which Playwright cannot drive. Not looked for where there is Playwright's. */
export const webkitGtk = launchOptions.webkit ? undefined : findWebKitGtk();

/**
 * The program of each of the three engines. None where it is missing.
 *
 * @type {Record<'chromium' | 'firefox' | 'webkit', string | undefined>}
 */
export const programs = {
  chromium: launchOptions.chromium && (launchOptions.chromium.executablePath ?? chromium.executablePath()),
  firefox: launchOptions.firefox && (launchOptions.firefox.executablePath ?? firefox.executablePath()),
  webkit: launchOptions.webkit ? webkit.executablePath() : webkitGtk?.miniBrowser,
};

/**
 * @param {import('playwright').BrowserType} engine
 * @param {{ places: string[], options?: import('playwright').LaunchOptions }} system where systems keep such a browser, of
 *   which the first that exists is taken, and what it needs
 */
function found(engine, system = { places: [] }) {
  if (existsSync(engine.executablePath())) return { [engine.name()]: {} };
  const executablePath = firstOf(system.places);
  return executablePath ? { [engine.name()]: { ...system.options, executablePath } } : {};
}

/**
 * @typedef {{ miniBrowser: string, driver: string, xvfb: string | undefined }} WebKitGtk
 *
 * It needs a display: a virtual one, so that no windows open on the user's, or that one where there is no other.
 *
 * @returns {WebKitGtk | undefined}
 */
function findWebKitGtk() {
  const miniBrowser = firstOf([
    '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
    '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
    '/usr/libexec/webkit2gtk-4.1/MiniBrowser',
  ]);
  const driver = firstOf(['/usr/bin/WebKitWebDriver']);
  const xvfb = firstOf(['/usr/bin/Xvfb']);
  return miniBrowser && driver && (xvfb || process.env['DISPLAY'])
    ? { miniBrowser, driver, xvfb }
    : undefined;
}

/** @param {string[]} paths */
function firstOf(paths) {
  return paths.find((path) => existsSync(path));
}
