import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchOutput } from 'bench/report';
import type { KeptReport } from '../run-report.js';
import { reportOf } from '../sections-report.js';

/** Every run that is kept in a directory, by name: reports, and what `npm run bench -- PART --json` printed. */
export function keptRuns(directory: string): KeptReport[] {
  const files = readdirSync(directory).filter((name) => name.endsWith('.json'));
  return files.sort().map((name) => keptRun(readFileSync(join(directory, name), 'utf8')));
}

function keptRun(text: string): KeptReport {
  const kept = JSON.parse(text) as KeptReport | BenchOutput;
  return 'sections' in kept ? benchReport(kept) : kept;
}

function benchReport({ parts, date, machine, load, seconds, sections }: BenchOutput): KeptReport {
  const which = parts.join(' ');
  const report = reportOf(
    {
      name: `bench-${parts.join('-')}`,
      title: `Speed beside what else one could use: ${parts.join(', ')}`,
      command: `npm run bench -- ${which}`,
      seconds,
    },
    sections,
  );
  const note = `Before it began, ${load.toFixed(1)} processes wanted a processor.`;
  return { ...report, notes: [...report.notes, note], date, machine };
}
