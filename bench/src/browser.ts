import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';
import type { Section } from './report.js';
import type { Scale } from './scale.js';

/**
 * Every verb in every browser that is here, and the algorithm lock. Vite loads this part: it shares the browsers' drivers
 * with the tests, which are never compiled.
 */
export async function* benchBrowser(scale: Scale): AsyncGenerator<Section> {
  const file = fileURLToPath(new URL('../browser/bench.ts', import.meta.url));
  const { module } = await runnerImport<{ benchBrowser: typeof benchBrowser }>(file, { configFile: false });
  yield* module.benchBrowser(scale);
}
