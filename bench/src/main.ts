/** `npm run bench`: measures Trialbase's stores and its query matching beside what else one could use. */

import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { benchBrowser } from './browser.js';
import { benchFile } from './file.js';
import { benchMatching } from './matching.js';
import { reportMatching } from './matching-report.js';
import { benchMemory } from './memory.js';
import { benchOpening } from './opening.js';
import { printBars, printSection } from './print.js';
import { benchProcesses } from './processes.js';
import type { BenchOutput, Section } from './report.js';
import { full, quick, type Scale } from './scale.js';
import { benchSearch } from './search/search.js';

/** Each gives a section as soon as that is measured: some take long, and what they have found is not to be lost with them. */
const parts: Readonly<Record<string, (scale: Scale) => AsyncIterable<Section>>> = {
  memory: async function* (scale) {
    yield await benchMemory(scale);
  },
  file: async function* (scale) {
    yield* await benchFile(scale);
    yield await benchProcesses(scale);
    yield await benchOpening(scale);
  },
  matching: async function* () {
    yield reportMatching(benchMatching());
  },
  browser: benchBrowser,
  search: benchSearch,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } },
});

// What others do to the machine, not these benchmarks: none of them has run for a minute yet.
const load = loadavg()[0] ?? 0;
const start = performance.now();
const sections: Section[] = [];
const names = positionals.length > 0 ? positionals : Object.keys(parts);
for (const name of names) {
  const part = parts[name];
  if (!part) throw new Error(`There is no part '${name}': the parts are ${Object.keys(parts).join(', ')}`);
  process.stderr.write(`Measuring: ${name}\n`);
  for await (const section of part(values.quick ? quick : full)) {
    sections.push(section);
    if (!values.json) printSection(section);
  }
}

if (values.json) {
  console.log(JSON.stringify(output(), null, 2));
} else {
  printBars(sections.flatMap(({ bars }) => bars));
  if (load > 0.5) {
    console.log(`The machine was busy before (load ${load.toFixed(1)}): only figures in '×' mean much.`);
  }
}

function output(): BenchOutput {
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model ?? '',
    cores: availableParallelism(),
    gigabytes: Math.round(totalmem() / 2 ** 30),
  };
  const seconds = (performance.now() - start) / 1_000;
  return { parts: names, date: new Date().toISOString(), machine, load, seconds, sections };
}
