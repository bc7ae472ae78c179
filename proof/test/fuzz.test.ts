import { describe, expect, it } from 'vitest';
import { fuzzCodec } from '../src/fuzz/codec.js';
import { fuzzJournal } from '../src/fuzz/journal.js';
import { fuzzQuery } from '../src/fuzz/query.js';
import { fuzzShaping } from '../src/fuzz/shaping.js';
import { Tally } from '../src/fuzz/tally.js';

describe('a short run with random input finds nothing', () => {
  it.each([
    ['in queries', fuzzQuery, 3_000, 'beside a scan, with something found'],
    ['in sorts, selections and updates', fuzzShaping, 3_000, 'updates strictly compared with mingo'],
    ['in journals', fuzzJournal, 90, 'salvaged'],
    ['in the codec', fuzzCodec, 2_000, 'refused with the path'],
  ])(
    '%s',
    async (_, fuzz, cases, met) => {
      const tally = new Tally();
      await fuzz({ seed: 42, cases, until: Number.POSITIVE_INFINITY }, tally);
      const { figures, faults } = tally.findings();
      expect(faults).toEqual([]);
      expect(figures['cases']).toBeGreaterThanOrEqual(cases);
      expect(figures[met]).toBeGreaterThan(15);
    },
    120_000,
  );
});
