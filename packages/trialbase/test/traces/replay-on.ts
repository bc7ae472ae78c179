import type { DatabaseConnector } from '@trialbase/core/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { countsOf, tally } from '../../../core/test/vectors/tally.js';
import { lines } from './lines.js';
import { Replay } from './replay.js';
import type { Report } from './report.js';
import { readTraces } from './trace.js';

const traces = await readTraces();

/** Replays all recorded traces on an adapter, each on a database of its own. */
export function replayOn(adapter: string, connector: DatabaseConnector): void {
  describe(`recorded calls of Orion, replayed on ${adapter}`, () => {
    const reports: Report[] = [];

    it('there are traces to replay', () => {
      expect(traces.length).toBeGreaterThan(0);
    });

    it.each(traces.map((trace) => [trace.name, trace] as const))('%s', async (_name, trace) => {
      const site = await connector.create();
      const database = await site.connect();
      try {
        const report = await new Replay(trace, database).run();
        expect(report.outcomes.length).toBeGreaterThanOrEqual(trace.steps.length);
        reports.push(report);
      } finally {
        await database.close();
        await site.remove();
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
}
