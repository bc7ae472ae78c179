import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  DocumentStorage,
  type ExperimentRef,
  MemoryStore,
  openMemory,
  type StorageProtocol,
} from '@trialbase/core';
import type { Figures } from 'bench/rounds';
import { describe, expect, it } from 'vitest';
import { type CallCost, measureCalls, type Subject } from '../src/growth/call-costs.js';
import { callSections } from '../src/growth/call-sections.js';
import { FilledStore, fill } from '../src/growth/filled-store.js';
import { allProbes } from '../src/growth/probes.js';
import { processorTime } from '../src/growth/processor-time.js';
import type { RunReport } from '../src/run-report.js';
import { reportOf } from '../src/sections-report.js';

const start = promisify(execFile);
const program = fileURLToPath(new URL('../dist/growth.js', import.meta.url));

describe('npm run growth', { timeout: 120_000 }, () => {
  it('measures every method of the protocol', async () => {
    const { stdout } = await start(process.execPath, [program, '--quick', '--json', 'file']);
    const { tables = [], figures } = JSON.parse(stdout) as RunReport;
    const rows = tables.flatMap((table) => table.rows).filter((row) => 'method' in row);
    const methods = Object.getOwnPropertyNames(DocumentStorage.prototype);
    expect(new Set(rows.map(({ method }) => method))).toEqual(
      new Set(methods.filter((name) => name !== 'constructor')),
    );
    expect(rows.flatMap((row) => [row['10 trials'], row['100 trials']])).not.toContain(null);
    expect(figures['checks made']).toBe(rows.length);
  });

  it('finds a fault where a call costs more and more, and none where it costs the same', () => {
    const faultsOf = (...figures: readonly Figures[]): RunReport['faults'] => {
      // What other processes do to the clock is no growth.
      const costs = figures.map((processor, i) => ({ processor, clock: [10, 10_000 * i] }));
      const cost: CallCost = { method: 'getTrial', way: 'one', by: 'call', costs };
      return reportOf(run, callSections('In memory', ['few', 'many'], [cost])).faults;
    };
    expect(faultsOf([10, 11, 12], [15, 9, 16])).toEqual([]);
    expect(faultsOf([10, 11, 12], [100, 115, 110])).toEqual([
      'In memory: getTrial, one: 10 × the smallest store’s cost, at most 3 allowed',
    ]);
    // One turn that was disturbed is not growth.
    expect(faultsOf([10, 11, 12], [12, 900, 11])).toEqual([]);
    const byTheClock = [10, 100].map((clock) => ({ clock: [clock], processor: [] }));
    const cost: CallCost = { method: 'getTrial', way: 'one', by: 'call', costs: byTheClock };
    expect(reportOf(run, callSections('In a browser', ['few', 'many'], [cost])).faults).toHaveLength(1);
  });

  it('finds a call that goes over all trials where it should not', async () => {
    const subjects = await Promise.all([20, 2_000].map(slowToCount));
    const effort = { rounds: 3, longRounds: 1, warmUp: 1, times: 5 };
    const costs = await measureCalls(subjects, effort);
    const { faults } = reportOf(run, callSections('In memory', ['few', 'many'], costs));
    expect(faults).toContainEqual(
      expect.stringMatching(/^In memory: countCompletedTrials, of all: .* × the smallest/),
    );
  });
});

const run = { name: 'n', title: 't', command: 'c', seconds: 1 };

/** A store in memory that counts trials by fetching them all. */
async function slowToCount(trials: number): Promise<Subject> {
  const store = new MemoryStore();
  const open = async (): Promise<StorageProtocol> => {
    const storage = new DocumentStorage(await openMemory({ store }));
    return Object.assign(storage, {
      countCompletedTrials: async (experiment: ExperimentRef) =>
        (await storage.fetchTrials(experiment)).filter(({ status }) => status === 'completed').length,
    });
  };
  const population = { experiments: 1, trials };
  const filled = await FilledStore.open(population, open);
  await fill(filled.storage, population);
  return {
    population,
    run: async (probe, times) => {
      const cost = await allProbes[probe]?.probe.run(filled, times, processorTime);
      if (!cost) throw new Error('There is no such call');
      return cost;
    },
  };
}
