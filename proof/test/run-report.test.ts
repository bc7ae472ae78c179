import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { keepReport, runsDirectory } from '../src/run-report.js';

const name = `test-${process.pid}`;
const file = join(runsDirectory, `${name}.json`);

afterEach(() => rmSync(file));

it('keeps the last report of a name, with when and where it was made', () => {
  const report = { name, title: 't', command: 'c', seconds: 1, figures: { kills: 1 }, faults: [], notes: [] };
  keepReport(report);
  keepReport({ ...report, figures: { kills: 2 } });
  const kept = JSON.parse(readFileSync(file, 'utf8'));
  expect(kept).toMatchObject({ ...report, figures: { kills: 2 }, machine: { node: process.version } });
  expect(Date.parse(kept.date)).toBeGreaterThan(Date.now() - 60_000);
});
