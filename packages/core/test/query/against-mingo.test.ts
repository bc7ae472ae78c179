import * as fc from 'fast-check';
import { Query } from 'mingo';
import { describe, expect, it } from 'vitest';
import { document, query } from '../../../../proof/src/query/arbitraries.js';
import { departureOf } from '../../../../proof/src/query/mingo-departures.js';
import { compile } from '../../src/query/compile.js';
import { parseQuery } from '../../src/query/parse.js';

const RUNS = Number(process.env['TRIALBASE_RUNS'] ?? 5_000);

describe('random documents and queries', () => {
  it(`are matched as mingo matches them, but for the rules of MongoDB that it does not follow (${RUNS} runs)`, () => {
    const counts = new Map<string, number>();
    const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
    fc.assert(
      fc.property(document, query, (fields, where) => {
        const expected = new Query(where).test(fields);
        const rule = departureOf(fields, where);
        const same = compile(parseQuery(where))(fields) === expected;
        if (rule === undefined) count(`strictly compared: ${expected}`);
        else count(same ? 'the same, though a rule allows to differ' : rule);
        return same || rule !== undefined;
      }),
      { numRuns: RUNS },
    );
    console.log(Object.fromEntries(counts));
    expect(counts.get('strictly compared: true')).toBeGreaterThan(RUNS / 20);
    expect(counts.get('strictly compared: false')).toBeGreaterThan(RUNS / 20);
  });
});
