import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenDatabase, openMemory } from '@trialbase/core';
import { openFile } from '@trialbase/file';
import { afterAll, describe, expect, it } from 'vitest';
import { countsOf, tally } from '../../core/test/vectors/tally.js';
import { lines } from './traces/lines.js';
import { Replay } from './traces/replay.js';
import type { Report } from './traces/report.js';
import { readTraces } from './traces/trace.js';

const adapters: Readonly<Record<string, (path: string) => Promise<OpenDatabase>>> = {
  memory: () => openMemory(),
  file: (path) => openFile({ path }),
};

const traces = readTraces();

it('there are traces to replay', () => {
  expect(traces.length).toBeGreaterThan(0);
});

describe.each(Object.entries(adapters))('recorded calls of Orion, replayed on %s', (adapter, open) => {
  const reports: Report[] = [];

  it.each(traces.map((trace) => [trace.name, trace] as const))('%s', async (_trace, trace) => {
    const path = await mkdtemp(join(tmpdir(), 'trialbase-traces-'));
    const database = await open(path);
    try {
      const report = await new Replay(trace, database).run();
      expect(report.outcomes.length).toBeGreaterThanOrEqual(trace.steps.length);
      reports.push(report);
    } finally {
      await database.close();
      await rm(path, { recursive: true });
    }
  });

  afterAll(() => {
    tally(`traces on ${adapter}`, [
      ['traces replayed to the end', reports.length],
      ...countsOf(reports.flatMap(({ outcomes }) => outcomes)),
    ]);
    const departed = countsOf(reports.flatMap((report) => report.lines));
    const rows = Object.values(lines).map((line) => [line, departed.get(line) ?? 0] as const);
    tally(
      `traces on ${adapter}, departures by the line of the design`,
      rows.filter(([, count]) => count > 0),
    );
  });
});
