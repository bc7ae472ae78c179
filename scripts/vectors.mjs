/** `npm run vectors`: runs the tests that read recorded vectors, then prints what became of the vectors of each file. */

import './ready.mjs';
import { run } from './run.mjs';

const { ok } = run('vitest run vectors. --project node --reporter=./scripts/tally-reporter.mjs', 'inherit');
process.exitCode = ok ? 0 : 1;
