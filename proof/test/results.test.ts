import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resultsFiles } from '../src/results/results-files.js';
import { resultsPage } from '../src/results/results-page.js';
import { type KeptReport, runsDirectory } from '../src/run-report.js';

const docs = join(import.meta.dirname, '../../docs');

const run: KeptReport = {
  name: 'chaos-file',
  title: 'Workers on a file store are killed',
  command: 'npm run chaos -- file --minutes 60',
  seconds: 3_600,
  figures: { kills: 1_012 },
  tables: [{ title: 'Calls', rows: [{ call: 'a | b', times: 12_345.678 }] }],
  faults: [],
  notes: ['Four workers.'],
  date: '2026-01-02T03:04:05.678Z',
  machine: { node: 'v20.19.0', cpu: 'A processor', cores: 2, gigabytes: 16 },
};

describe('docs/results.md', () => {
  it('is, with its pictures, what the kept runs make of it: after a run, npm run results', () => {
    for (const [name, content] of Object.entries(resultsFiles(runsDirectory))) {
      expect(readFileSync(join(docs, name), 'utf8'), name).toBe(content);
    }
  });

  it('says what was run, how long, on what, with what outcome, and how to do it again', () => {
    const page = resultsPage([run], {});
    expect(page).toContain('| [Workers on a file store are killed](#chaos-file) | 60 minutes | no faults |');
    expect(page).toContain(
      '`npm run chaos -- file --minutes 60`: 2026-01-02, 60 minutes, on A processor, 2 cores, 16 GB, Node v20.19.0.',
    );
    expect(page).toContain('| kills | 1,012 |');
    expect(page).toContain(String.raw`| a \| b | 12,345.678 |`);
    expect(page).toContain('It found no faults.');
  });

  it('hides no fault', () => {
    const page = resultsPage([{ ...run, faults: ['A write was lost.', 'A lock stayed stuck.'] }], {});
    expect(page).toContain('| 60 minutes | 2 faults |');
    expect(page).toContain('What it found:\n\n- A write was lost.\n- A lock stayed stuck.');
    expect(page).not.toContain('It found no faults.');
  });
});
