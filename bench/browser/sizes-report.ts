import { measureSizes } from '../../scripts/bundle-sizes.mjs';
import type { Section } from '../src/report.js';

/** What a page has to load of the packages, by what it imports. */
export async function reportSizes(): Promise<Section> {
  const sizes = await measureSizes();
  return {
    title: 'Bundles, in bytes, by what a page imports',
    rows: sizes.map(({ name, minified, brotli }) => ({ 'a page with': name, minified, brotli })),
    notes: ['Each file that the page loads at first, minified, then compressed with brotli.'],
    bars: sizes.map(({ name, brotli, goal }) => ({
      name: `Bundle: ${name}`,
      goal,
      at: 'most',
      figure: brotli,
      unit: 'bytes',
    })),
  };
}
