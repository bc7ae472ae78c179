/** `npm run results`: writes `docs/results.md`, and its pictures, from the reports of the runs that are kept. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resultsFiles } from './results/results-files.js';
import { runsDirectory } from './run-report.js';

const docs = join(import.meta.dirname, '../../docs');
mkdirSync(docs, { recursive: true });
for (const [name, content] of Object.entries(resultsFiles(runsDirectory))) {
  writeFileSync(join(docs, name), content);
  console.log(`docs/${name}`);
}
