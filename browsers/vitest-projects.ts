import { playwright } from '@vitest/browser-playwright';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import type { BrowserInstanceOption } from 'vitest/node';
import { contextOptions, launchOptions } from './engines.mjs';

/**
 * Where a test runs is said by the end of its file's name: `.browser.test.ts` in every engine, `.everywhere.test.ts` in
 * Node and in every engine, any other `.test.ts` in Node.
 */
export const projects: TestProjectInlineConfiguration[] = [
  {
    extends: true,
    test: {
      name: 'node',
      include: ['{packages,examples}/*/test/**/*.test.ts'],
      exclude: ['**/*.browser.test.ts'],
    },
  },
];

const instances: BrowserInstanceOption[] = Object.entries(launchOptions).map(([browser, options]) => ({
  browser: browser as keyof typeof launchOptions,
  name: browser,
  provider: playwright({ launchOptions: options, contextOptions }),
}));

if (instances.length > 0)
  projects.push({
    extends: true,
    test: {
      name: 'playwright',
      include: ['packages/*/test/**/*.{browser,everywhere}.test.ts'],
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright(),
        instances,
      },
    },
  });
