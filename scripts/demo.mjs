/** `npm run demo`: builds the page of the example and serves it to this machine, until Ctrl-C. */

import './ready.mjs';
import { join } from 'node:path';
import { build, preview } from 'vite';
import { root } from './run.mjs';

const page = join(root, 'examples/browser-search');
// How long each of its plugins took is nobody's concern here.
const rolldownOptions = { checks: { pluginTimings: false } };
await build({ root: page, logLevel: 'warn', build: { rolldownOptions } });
const { resolvedUrls } = await preview({ root: page, preview: { host: '127.0.0.1', port: 4180 } });

console.log(`A search in Web Workers: ${resolvedUrls?.local[0]}`);
console.log(
  'Press Start there. Open the address in a second tab, and both work on the same search. Ctrl-C ends the server.',
);
