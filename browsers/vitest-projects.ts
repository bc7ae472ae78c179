import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import type { BrowserConfigOptions, BrowserInstanceOption } from 'vitest/node';
import { commands } from './commands.js';
import { contextOptions, launchOptions, webkitGtk } from './engines.mjs';
import { miniBrowser } from './minibrowser-provider.js';
import { keepProfilesInMemory } from './profiles-in-memory.js';

const trialbase = fileURLToPath(new URL('../packages/trialbase/src/', import.meta.url));

/** A process, or a page, imports the sources once, not again for each file: a test leaves its place as it found it. */
const isolate = false;

const disk = keepProfilesInMemory();

const inNode: TestProjectInlineConfiguration = {
  extends: true,
  test: {
    name: 'node',
    include: ['{packages/*,examples/*,proof}/test/**/*.test.ts'],
    exclude: ['**/*.browser.test.ts'],
    isolate,
    // Stores in files are tested where people have them.
    env: { TMPDIR: disk },
  },
};

const instances = Object.entries(launchOptions).map(
  ([browser, options]): BrowserInstanceOption => ({
    browser: browser as keyof typeof launchOptions,
    name: browser,
    provider: playwright({ launchOptions: options, contextOptions }),
  }),
);

/**
 * Vitest's projects: Node, and each engine that is here. The end of a file's name says where its tests run:
 * `.browser.test.ts` in every engine, `.everywhere.test.ts` in Node and in every engine, another `.test.ts` in Node.
 */
export const projects: TestProjectInlineConfiguration[] = [inNode];
if (instances.length > 0)
  projects.push(inEngines('playwright', { headless: true, provider: playwright(), instances }));
if (webkitGtk)
  projects.push(
    inEngines('minibrowser', {
      provider: miniBrowser(webkitGtk),
      instances: [{ browser: 'webkit', name: 'webkit' }],
    }),
  );

/** A provider of Vitest drives one or more engines. Each becomes a project by its own name. */
function inEngines(name: string, browser: BrowserConfigOptions): TestProjectInlineConfiguration {
  return {
    extends: true,
    // As the condition "browser" has it.
    resolve: {
      alias: [
        { find: '#registry', replacement: `${trialbase}registry.browser.ts` },
        { find: /^trialbase$/, replacement: `${trialbase}index.ts` },
      ],
    },
    test: {
      name,
      include: ['packages/*/test/**/*.{browser,everywhere}.test.ts'],
      isolate,
      browser: {
        enabled: true,
        // It would be drawn anew with each test that ends.
        ui: false,
        screenshotFailures: false,
        // One page an engine.
        fileParallelism: false,
        commands,
        ...browser,
      },
    },
  };
}
