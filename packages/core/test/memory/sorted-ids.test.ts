import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merged, SortedIds } from '../../src/memory/sorted-ids.js';
import { compareIds } from '../../src/query/order.js';

const anyId = fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 5_000 }).map(String));

describe('SortedIds', () => {
  it('keeps ids in order, whatever the order in which they come and go', () => {
    const manyIds = fc.uniqueArray(anyId, {
      minLength: 0,
      maxLength: 3_000,
      selector: (id) => `${typeof id}${id}`,
    });
    fc.assert(
      fc.property(manyIds, fc.infiniteStream(fc.boolean()), (ids, leaves) => {
        const sorted = new SortedIds();
        for (const id of ids) sorted.add(id);
        const staying = ids.filter((id) => {
          if (leaves.next().value) return true;
          sorted.delete(id);
          return false;
        });
        expect([...sorted]).toEqual(staying.toSorted(compareIds));
        expect(sorted.size).toBe(staying.length);
      }),
      { numRuns: 30 },
    );
  });

  it('takes 100,000 ids in order, in reverse and at random', () => {
    const ids = Array.from({ length: 100_000 }, (_, i) => i);
    const shuffled = ids.map((i) => (i * 48_271) % 100_003);
    for (const order of [ids, ids.toReversed(), shuffled]) {
      const sorted = new SortedIds();
      for (const id of order) sorted.add(id);
      for (const id of order) sorted.delete(id);
      expect(sorted.size).toBe(0);
    }
  });
});

describe('merged', () => {
  it.each([1, 3, 40])('gives the ids of %i sets in one order', (count) => {
    const sets = Array.from({ length: count }, () => new SortedIds());
    const ids = Array.from({ length: 500 }, (_, i) => i);
    for (const id of ids) sets[(id * 7) % count]?.add(id);
    expect([...merged(sets)]).toEqual(ids);
  });

  it('gives nothing for no sets', () => {
    expect([...merged([])]).toEqual([]);
  });
});
