import { join } from 'node:path';
import type { Section } from '../src/report.js';
import type { Scale } from '../src/scale.js';
import { engines } from './engines.js';
import { measureLock } from './lock.js';
import { reportLock } from './lock-report.js';
import { openSite } from './site.js';
import { reportSizes } from './sizes-report.js';
import { measureVerbs } from './verbs.js';
import { reportVerbs } from './verbs-report.js';

/** Measures in one engine after another, each in a profile of its own; then what a page has to load. */
export async function* benchBrowser({ browser: scale }: Scale): AsyncGenerator<Section> {
  const site = await openSite(join(import.meta.dirname, 'page'), join(import.meta.dirname, '../dist/page'));
  try {
    for (const [engine, start] of Object.entries(engines)) {
      process.stderr.write(`Measuring: browser, ${engine}\n`);
      const browser = await start(site);
      try {
        yield* reportVerbs(engine, await measureVerbs(browser, site, scale));
        yield* reportLock(engine, await measureLock(browser, site, scale));
      } finally {
        await browser.close();
      }
    }
  } finally {
    await site.close();
  }
  yield await reportSizes();
}
