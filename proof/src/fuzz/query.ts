import { compile, type Document, parseQuery, schema, Tables } from '@trialbase/core/adapter';
import * as fc from 'fast-check';
import { Query } from 'mingo';
import { document, query, value } from '../query/arbitraries.js';
import { departureOf, departures } from '../query/mingo-departures.js';
import type { Budget, Tally } from './tally.js';

/** So many cases are drawn from one seed. */
const BATCH = 1_000;

/** Four fifths of the cases are held against mingo, the others against a scan. */
export async function fuzzQuery(budget: Budget, tally: Tally): Promise<void> {
  for (let seed = budget.seed; tally.goesOn(budget); seed += 1) {
    check('mingo', besideMingo(tally), seed, Math.min(BATCH * 0.8, budget.cases - tally.cases), tally);
    check('scan', besideScan(tally), seed, Math.min(BATCH * 0.2, budget.cases - tally.cases), tally);
  }
  for (const { rule } of departures) tally.note(`Where mingo 7.2.7 may answer otherwise: ${rule}.`);
}

function check<T>(
  what: string,
  property: fc.IProperty<T>,
  seed: number,
  numRuns: number,
  tally: Tally,
): void {
  if (numRuns <= 0) return;
  const { failed, counterexample } = fc.check(property, { seed, numRuns });
  if (failed) tally.fault(`${what}, seed ${seed}: ${fc.stringify(counterexample)}`);
}

function besideMingo(tally: Tally): fc.IProperty<[object, object]> {
  return fc.property(document, query, (fields, where) => {
    tally.count('cases');
    const rule = departureOf(fields, where);
    const same = compile(parseQuery(where))(fields) === new Query(where).test(fields);
    if (rule === undefined) tally.count('strictly compared with mingo');
    else tally.count(same ? 'the same though a rule allows to differ' : 'different by a rule of MongoDB');
    return same || rule !== undefined;
  });
}

const keyValue = fc.constantFrom<unknown>(
  'a',
  'b',
  '',
  '1',
  0,
  -0,
  1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  null,
  true,
  false,
  new Date(0),
  new Date(1),
);
const id = fc.constantFrom('a', 'b', 'c', '1', 0, 1, 2);
const stored = fc
  .tuple(id, fc.record({ name: keyValue, version: keyValue, a: value }, { requiredKeys: [] }))
  .map(([_id, fields]): Document => Object.assign(fields, { _id }));
const keyTest = (operand: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(operand, fc.record({ $in: fc.array(operand, { maxLength: 4 }) }), fc.record({ $ne: operand }));
const keyed = fc.record(
  { _id: keyTest(id), name: keyTest(keyValue), version: keyTest(keyValue) },
  { requiredKeys: [] },
);
const conjunction: fc.Arbitrary<object> = fc.oneof(
  keyed,
  fc.tuple(keyed, query).map(([keys, rest]) => ({ $and: [keys, rest] })),
);

/** The same documents by whatever index the planner takes, as by asking each document. */
function besideScan(tally: Tally): fc.IProperty<[Document[], object]> {
  return fc.property(fc.array(stored, { maxLength: 8 }), conjunction, (documents, where) => {
    tally.count('cases');
    tally.count('beside a scan');
    const tables = new Tables(schema);
    tables.execute([{ kind: 'insert', collection: 'experiments', documents, onDuplicate: 'skip' }]);
    const condition = parseQuery(where);
    const scanned = [...tables.documents('experiments')].filter(compile(condition)).map(({ _id }) => _id);
    const found = tables.find('experiments', condition).map(({ _id }) => _id);
    if (found.length > 0) tally.count('beside a scan, with something found');
    return (
      fc.stringify(found) === fc.stringify(scanned) && tables.count('experiments', condition) === found.length
    );
  });
}
