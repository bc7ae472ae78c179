import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DocumentStorage } from '@trialbase/core';
import { describe, expect, it } from 'vitest';
import type { CallCost } from '../src/growth/call-costs.js';
import { callSections } from '../src/growth/call-sections.js';
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
    const faultsOf = (costs: CallCost['costs']): RunReport['faults'] => {
      const run = { name: 'n', title: 't', command: 'c', seconds: 1 };
      const cost: CallCost = { method: 'getTrial', way: 'one', by: 'call', costs };
      return reportOf(run, callSections('In memory', ['few', 'many'], [cost])).faults;
    };
    expect(
      faultsOf([
        [10, 11, 12],
        [15, 9, 16],
      ]),
    ).toEqual([]);
    expect(
      faultsOf([
        [10, 11, 12],
        [100, 115, 110],
      ]),
    ).toEqual(['In memory: getTrial, one: 10 × the smallest store’s cost, at most 3 allowed']);
    // One turn that was disturbed is not growth.
    expect(
      faultsOf([
        [10, 11, 12],
        [12, 900, 11],
      ]),
    ).toEqual([]);
  });
});
