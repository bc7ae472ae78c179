/** `npm run chaos`, `npm run fuzz`, …: runs one of the attacks of the workspace `proof` from a fresh clone. */

import './ready.mjs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './run.mjs';

const [attack = ''] = process.argv.splice(2, 1);
await import(pathToFileURL(join(root, `proof/dist/${attack}.js`)).href);
