/** `npm run reference`: writes the pages of the reference to `reference/site`, from the doc comments of the packages. */

import './ready.mjs';
import { run } from './run.mjs';

if (!run('npm run write --workspace reference', 'inherit').ok) process.exitCode = 1;
