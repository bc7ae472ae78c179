/** `npm run fuzz -- query | shaping | storage | journal | codec`: random input against the promises, until the time or the number of cases is used up. */

import { parseArgs } from 'node:util';
import { fuzzCodec } from './fuzz/codec.js';
import { fuzzJournal } from './fuzz/journal.js';
import { fuzzQuery } from './fuzz/query.js';
import { fuzzShaping } from './fuzz/shaping.js';
import { fuzzStorage } from './fuzz/storage.js';
import { type Budget, type Findings, Tally } from './fuzz/tally.js';
import { keepReport } from './run-report.js';

interface Kind {
  readonly title: string;
  run(budget: Budget, tally: Tally): Promise<void>;
}

const kinds: Readonly<Record<string, Kind>> = {
  query: {
    title: 'Random queries on random documents: beside mingo, and by indexes beside a scan',
    run: fuzzQuery,
  },
  shaping: {
    title: 'Random sorts, selections and updates of random documents, beside mingo',
    run: fuzzShaping,
  },
  storage: {
    title: 'Random calls of the protocol on every adapter, beside a plain model of it',
    run: fuzzStorage,
  },
  journal: {
    title: 'Journals cut, flipped, spliced, reordered, and with hostile lines whose checksum is right',
    run: fuzzJournal,
  },
  codec: {
    title: 'Random values: kept as they were, or refused with the path of what cannot be',
    run: fuzzCodec,
  },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: 'string' },
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
  },
});
const [name = ''] = positionals;
const kind = kinds[name];
if (!kind) throw new Error(`Nothing is called '${name}': there are ${Object.keys(kinds).join(', ')}`);

const cases = values.cases === undefined ? Number.POSITIVE_INFINITY : Number(values.cases);
const minutes = values.cases === undefined ? Number(values.minutes) : Number.POSITIVE_INFINITY;
const start = performance.now();
const budget: Budget = { seed: Number(values.seed), cases, until: start + minutes * 60_000 };
const tally = new Tally();
await kind.run(budget, tally);
const findings: Findings = tally.findings();
keepReport({
  name: `fuzz-${name}`,
  title: kind.title,
  command: `npm run fuzz -- ${process.argv.slice(2).join(' ')}`,
  seconds: Math.round((performance.now() - start) / 1_000),
  ...findings,
});
console.log(findings);
process.exitCode = findings.faults.length > 0 ? 1 : 0;
