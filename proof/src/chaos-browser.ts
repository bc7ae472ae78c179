import { join } from 'node:path';
import { runnerImport } from 'vite';
import type { RunReport } from './run-report.js';

export interface BrowserChaosOptions {
  readonly minutes: number;
  readonly seed: number;
  /** One of the engines that are here. Default: each of them, for as long. */
  readonly engine?: string | undefined;
}

/**
 * Tabs and Web Workers work on one store while some of them are ended, stopped or robbed. Vite loads this part: it shares the
 * browsers' drivers with the tests, which are never compiled.
 */
export async function runBrowserChaos(options: BrowserChaosOptions): Promise<RunReport[]> {
  const file = join(import.meta.dirname, '../browser/chaos/run.ts');
  const { module } = await runnerImport<{ runBrowserChaos: typeof runBrowserChaos }>(file, {
    configFile: false,
  });
  return module.runBrowserChaos(options);
}
