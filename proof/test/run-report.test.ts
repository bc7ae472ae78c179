import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepReport } from '../src/run-report.js';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'trialbase-runs-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

it('keeps the last report of a name, with when and where it was made', () => {
  const report = {
    name: 'a-run',
    title: 't',
    command: 'c',
    seconds: 1,
    figures: { kills: 1 },
    faults: [],
    notes: [],
  };
  keepReport(report, directory);
  keepReport({ ...report, figures: { kills: 2 } }, directory);
  const kept = JSON.parse(readFileSync(join(directory, 'a-run.json'), 'utf8'));
  expect(kept).toMatchObject({ ...report, figures: { kills: 2 }, machine: { node: process.version } });
  expect(Date.parse(kept.date)).toBeGreaterThan(Date.now() - 60_000);
});
