import { describe, expect, it } from 'vitest';
import { Epochs } from '../browser/chaos/epochs.js';
import { checkHistory } from '../src/history/check-history.js';
import { call } from './history/handmade.js';

function counted(start: number, count: number) {
  return call('w', [start, start + 1], 'fetchBenchmark', { name: 'b' }, { count });
}

/** A deletion by somebody who knows, or does not, whether it was done. @returns a time when it was under way. */
async function deletion(epochs: Epochs, isKnown: boolean): Promise<number> {
  let during = 0;
  await epochs.deleteBy(async () => {
    during = performance.now();
    return isKnown;
  });
  return during;
}

describe('the history between deletions of a database', () => {
  const created = call('w', [0, 1], 'createBenchmark', { name: 'b' }, {});

  it('begins anew with each', async () => {
    const epochs = new Epochs();
    const time = await deletion(epochs, true);
    const faultsOf = (count: number): readonly string[] =>
      checkHistory(epochs.explicable([created, counted(2, 1), counted(time + 1_000, count)])).faults;
    expect(faultsOf(0)).toEqual([]);
    expect(faultsOf(1)[0]).toContain('No order of its');
  });

  it('is over where nobody knows whether one was done: it may be, at any time', async () => {
    const epochs = new Epochs();
    const time = await deletion(epochs, false);
    const faultsOf = (...counts: number[]): readonly string[] =>
      checkHistory(
        epochs.explicable([created, ...counts.map((count, i) => counted(time + 1_000 * (i + 1), count))]),
      ).faults;
    expect(faultsOf(1, 0)).toEqual([]);
    expect(checkHistory(epochs.explicable([created, counted(2, 0)])).faults[0]).toContain('No order of its');
  });
});
