/** `npm run chaos -- <attack>`: attacks on stores while they are in use. */

import { parseArgs } from 'node:util';
import { runBrowserChaos } from './chaos-browser.js';
import { runLockedCounter } from './chaos-file/locked-counter.js';
import { runFileChaos } from './chaos-file/main.js';
import { keepReport, type RunReport } from './run-report.js';

const usage = `
  npm run chaos -- file [--minutes 1] [--kills 0] [--seed 1] [--workers 4] [--strict]
  npm run chaos -- lock [--raises 10000] [--seed 1] [--workers 8]
  npm run chaos -- browser [--minutes 1] [--seed 1] [--engine chromium|firefox|webkit]`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '1' },
    kills: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string' },
    strict: { type: 'boolean', default: false },
    raises: { type: 'string', default: '10000' },
    engine: { type: 'string' },
  },
});

const attacks: Readonly<Record<string, () => Promise<readonly RunReport[]>>> = {
  file: async () => [
    await runFileChaos({
      minutes: number('minutes', values.minutes),
      kills: number('kills', values.kills),
      seed: number('seed', values.seed),
      workers: number('workers', values.workers ?? '4'),
      strict: values.strict,
    }),
  ],
  lock: async () => [
    await runLockedCounter({
      raises: number('raises', values.raises),
      seed: number('seed', values.seed),
      workers: number('workers', values.workers ?? '8'),
    }),
  ],
  browser: () =>
    runBrowserChaos({
      minutes: number('minutes', values.minutes),
      seed: number('seed', values.seed),
      engine: values.engine,
    }),
};

const attack = attacks[positionals[0] ?? ''];
if (!attack) throw new Error(`What is to be attacked? Use: ${usage}`);
for (const report of await attack()) {
  keepReport(report);
  console.table(report.figures);
  console.log(report.faults.length === 0 ? 'No faults.' : `${report.faults.length} faults, see above.`);
  if (report.faults.length > 0) process.exitCode = 1;
}

function number(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0)
    throw new Error(`--${option} is '${text}': give a number. Use: ${usage}`);
  return value;
}
