import { join } from 'node:path';
import type { Section } from 'bench/report';
import { engines } from '../../../bench/browser/engines.js';
import { openSite } from '../../../bench/browser/site.js';
import { measureCalls, type Subject } from '../../src/growth/call-costs.js';
import { callSections } from '../../src/growth/call-sections.js';
import type { Scale } from '../../src/growth/scale.js';

/** The one whose clock and storage are the most even. The others are measured, verb by verb, by `npm run bench -- browser`. */
const ENGINE = 'Chromium';

/** Every method in IndexedDB, with more and more trials in the store. */
export async function growthInBrowser({ browserSizes, browserEffort }: Scale): Promise<Section[]> {
  const start = engines[ENGINE];
  if (!start) throw new Error(`${ENGINE} is not installed: see CONTRIBUTING.md, “In browsers”`);
  const site = await openSite(
    join(import.meta.dirname, 'page'),
    join(import.meta.dirname, '../../dist/growth-page'),
  );
  try {
    const browser = await start(site);
    try {
      const tab = await browser.openDiskTab();
      await tab.goto(site.address);
      const subjects: Subject[] = [];
      for (const [place, trials] of browserSizes.entries()) {
        process.stderr.write(`  ${trials} trials\n`);
        const population = { experiments: 1, trials };
        await tab.evaluate((wanted) => window.growth.fill(wanted), population);
        subjects.push({
          population,
          run: (probe, times) => tab.evaluate((order) => window.growth.run(order), { place, probe, times }),
        });
      }
      const names = browserSizes.map((size) => `${size.toLocaleString('en-US')} trials`);
      return callSections(`In IndexedDB (${ENGINE})`, names, await measureCalls(subjects, browserEffort));
    } finally {
      await browser.close();
    }
  } finally {
    await site.close();
  }
}
