/** `npm run vectors`: runs the tests that read recorded vectors, then prints what became of the vectors of each file. */

import './ready.mjs';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.mjs';

const directory = mkdtempSync(join(tmpdir(), 'trialbase-tally-'));
process.env.TRIALBASE_TALLY = directory;
const { ok } = run('vitest run vectors. --silent --reporter=dot', 'inherit');
for (const name of readdirSync(directory).toSorted())
  print(JSON.parse(readFileSync(join(directory, name), 'utf8')));
rmSync(directory, { recursive: true });
process.exitCode = ok ? 0 : 1;

/** @param {{ of: string, rows: [outcome: string, count: number][] }} tally */
function print({ of, rows }) {
  console.log(`\n${of}`);
  for (const [outcome, count] of rows) console.log(`${String(count).padStart(8)}  ${outcome}`);
}
