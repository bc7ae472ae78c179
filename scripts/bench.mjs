/** `npm run bench`: runs the benchmarks from a fresh clone. */

import './ready.mjs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './run.mjs';

await import(pathToFileURL(join(root, 'bench/dist/main.js')).href);
