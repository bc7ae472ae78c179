import { fileURLToPath } from 'node:url';
import type { Section } from 'bench/report';
import { runnerImport } from 'vite';
import type { Scale } from './scale.js';

/** Every method in IndexedDB. Vite loads this part: it shares the browsers' drivers with the tests, which are never compiled. */
export async function growthInBrowser(scale: Scale): Promise<Section[]> {
  const file = fileURLToPath(new URL('../../browser/growth/growth.ts', import.meta.url));
  const { module } = await runnerImport<{ growthInBrowser: typeof growthInBrowser }>(file, {
    configFile: false,
  });
  return module.growthInBrowser(scale);
}
