/** `npm run growth`: measures what each call costs as the store grows, and says where something grows that should not. */

import { parseArgs } from 'node:util';
import { printSection } from 'bench/print';
import type { Section } from 'bench/report';
import { growthInBrowser } from './growth/browser.js';
import { growthByExperiments, growthInMemory, growthOnFile } from './growth/by-size.js';
import { followingWriters } from './growth/following.js';
import { full, quick, type Scale, upTo } from './growth/scale.js';
import { waitsForSeals } from './growth/sealing.js';
import { growthByState } from './growth/state.js';
import { growthByWorkers } from './growth/workers.js';
import { keepReport, type RunReport } from './run-report.js';
import { reportOf } from './sections-report.js';

interface Part {
  readonly title: string;
  measure(scale: Scale): Promise<Section[]>;
}

const parts: Readonly<Record<string, Part>> = {
  memory: {
    title: 'What each call costs in memory as the store grows',
    measure: growthInMemory,
  },
  file: {
    title: 'What each call costs on file as the store grows',
    measure: growthOnFile,
  },
  browser: {
    title: 'What each call costs in IndexedDB as the store grows',
    measure: growthInBrowser,
  },
  experiments: {
    title: 'What each call costs in a store of 500 experiments',
    measure: growthByExperiments,
  },
  state: { title: 'What an algorithm’s state of up to 50 MB costs', measure: growthByState },
  workers: { title: 'What up to 64 workers get done that share a store', measure: growthByWorkers },
  following: {
    title: 'Opening and following a journal while others write at full speed',
    measure: followingWriters,
  },
  sealing: { title: 'How long writes wait while a journal is written anew', measure: waitsForSeals },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    /** The most trials in a store: a million take some gigabytes of memory and, on a busy machine, an hour. */
    most: { type: 'string', default: '1000000' },
  },
});
const scale = upTo(Number(values.most), values.quick ? quick : full);

for (const name of positionals.length > 0 ? positionals : Object.keys(parts)) {
  const part = parts[name];
  if (!part) throw new Error(`There is no part '${name}': the parts are ${Object.keys(parts).join(', ')}`);
  process.stderr.write(`Measuring: ${name}\n`);
  const start = performance.now();
  const sections = await part.measure(scale);
  const seconds = (performance.now() - start) / 1_000;
  const command = `npm run growth -- ${name} --most ${values.most}`;
  const report = reportOf({ name: `growth-${name}`, title: part.title, command, seconds }, sections);
  if (!values.quick) keepReport(report);
  if (values.json) console.log(JSON.stringify(report));
  else show(sections, report);
}

/** The tables; of the checks, which are many, what went wrong. */
function show(sections: readonly Section[], { figures, faults }: RunReport): void {
  sections.forEach(printSection);
  console.log(`${figures['checks made']} checks, ${faults.length} failed`);
  for (const fault of faults) console.log(`  ${fault}`);
}
