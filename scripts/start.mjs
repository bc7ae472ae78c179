/** `npm start`: runs the example from a fresh clone. It runs in this very process, so that signals reach it. */

import './ready.mjs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './run.mjs';

const example = join(root, 'examples/tune-digits/dist/main.js');
process.argv[1] = example;
await import(pathToFileURL(example).href);
