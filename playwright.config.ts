import { defineConfig } from '@playwright/test';
import { contextOptions, launchOptions, webkitGtk } from './browsers/engines.mjs';
import { keepProfilesInMemory } from './browsers/profiles-in-memory.js';

keepProfilesInMemory();

const address = 'http://127.0.0.1:4179';
const engines = Object.entries(launchOptions) as [keyof typeof launchOptions, object][];

/** The tests of other engines: a name may end with that of the only engine that can be told to do what the test needs. */
function notFor(engine: string): string[] {
  return ['chromium', 'firefox', 'webkit']
    .filter((other) => other !== engine)
    .map((other) => `**/*.${other}.spec.ts`);
}

/** Playwright runs what needs several tabs: tabs that race, are closed, crash or freeze. Vite serves them their pages. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  // What a test waits for takes seconds; a busy machine may take its time.
  timeout: 120_000,
  forbidOnly: Boolean(process.env['CI']),
  // Each test has a profile of its own, and waits often: for a browser to start, or for a tab to be given up.
  workers: 2,
  fullyParallel: true,
  webServer: {
    command: 'node e2e/serve.mjs',
    url: `${address}/blank.html`,
    reuseExistingServer: !process.env['CI'],
    timeout: 180_000,
  },
  use: { baseURL: address, contextOptions },
  projects: [
    ...engines.map(([name, options]) => ({
      name,
      use: { browserName: name, launchOptions: options },
      testIgnore: notFor(name),
    })),
    ...(webkitGtk
      ? [{ name: 'webkit', use: { browserName: 'webkit' as const }, testIgnore: notFor('webkit') }]
      : []),
  ],
});
