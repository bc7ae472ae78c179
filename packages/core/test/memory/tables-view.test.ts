import { type Document, equal, type Step, schema, Tables } from '@trialbase/core/adapter';
import fc from 'fast-check';
import { expect, it } from 'vitest';

const anyId = fc.integer({ min: 0, max: 30 });

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(anyId, fc.nat()).map(([_id, n]): Step => {
    const documents = [{ _id, id: String(_id), experiment: 1, n }];
    return { kind: 'insert', collection: 'trials', documents, onDuplicate: 'skip' };
  }),
  fc.tuple(anyId, fc.nat()).map(([_id, value]): Step => {
    const changes = [{ path: ['n'], value }];
    return { kind: 'update', collection: 'trials', where: equal('_id', _id), changes };
  }),
  anyId.map((_id): Step => ({ kind: 'remove', collection: 'trials', where: equal('_id', _id) })),
);

const manySteps = fc.array(anyStep, { maxLength: 60 });

it('A view shows the documents of its moment, whatever is done and undone while it is read', () => {
  let changed = 0;
  fc.assert(
    fc.property(manySteps, manySteps, fc.infiniteStream(fc.boolean()), (before, after, undone) => {
      const tables = new Tables(schema);
      for (const step of before) tables.execute([step]);
      const expected = [...tables.documents('trials')];
      const view = tables.view();
      const read = view.documents('trials')[Symbol.iterator]();
      const shown: Document[] = [];
      for (const step of after) {
        const next = read.next();
        if (!next.done) shown.push(next.value);
        const execution = tables.execute([step]);
        if (undone.next().value) execution.undo();
      }
      for (let next = read.next(); !next.done; next = read.next()) shown.push(next.value);
      view.end();
      expect(shown).toEqual(expected);
      if (JSON.stringify([...tables.documents('trials')]) !== JSON.stringify(expected)) changed += 1;
    }),
    { seed: 7, numRuns: 300 },
  );
  expect(changed).toBeGreaterThan(100);
});
