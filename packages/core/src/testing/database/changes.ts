import { describe, expect, it } from 'vitest';
import type { UpdateStep } from '../../database.js';
import type { Fields, Raise } from '../../document.js';
import { InvalidDocumentError } from '../../errors.js';
import { everything } from '../../query/condition.js';
import { type DatabaseConnector, eachOnItsOwn } from '../connectors.js';
import { insert, trial, update } from './steps.js';

/** What `$set` makes of a document: the fields before, the changes, the fields after. */
const changes: readonly (readonly [what: string, before: Fields, changes: Fields, after: Fields])[] = [
  ['adds a field', {}, { a: 1 }, { a: 1 }],
  ['replaces a field whole', { a: { b: 1, c: 2 } }, { a: { c: 3 } }, { a: { c: 3 } }],
  [
    'sets a nested field and keeps its neighbours',
    { a: { b: 1, c: 2 } },
    { 'a.b': 3 },
    { a: { b: 3, c: 2 } },
  ],
  ['adds a nested field', { a: { b: 1 } }, { 'a.c': 2 }, { a: { b: 1, c: 2 } }],
  ['makes the objects on the way', {}, { 'a.b.c': 1 }, { a: { b: { c: 1 } } }],
  ['sets an element of an array', { a: [1, 2, 3] }, { 'a.1': 'two' }, { a: [1, 'two', 3] }],
  ['appends to an array', { a: [1] }, { 'a.1': 2 }, { a: [1, 2] }],
  ['fills up an array with null', { a: [1] }, { 'a.3': 4 }, { a: [1, null, null, 4] }],
  ['goes through an array', { a: [{ b: 1 }, { b: 2 }] }, { 'a.1.b': 3 }, { a: [{ b: 1 }, { b: 3 }] }],
  [
    'takes a number for a key where there is no array',
    { a: {} },
    { 'a.0': 1, 'b.0': 2 },
    { a: { 0: 1 }, b: { 0: 2 } },
  ],
  ['sets null', { a: 1 }, { a: null }, { a: null }],
  [
    'makes several changes at once',
    { a: 1, b: { c: 1 } },
    { a: 2, 'b.c': 2, 'b.d': 3 },
    { a: 2, b: { c: 2, d: 3 } },
  ],
];

/** Changes that have no meaning for the document they meet. */
const impossible: readonly (readonly [what: string, before: Fields, changes: Fields])[] = [
  ['below a number', { a: 1 }, { 'a.b': 1 }],
  ['below a string', { a: 'text' }, { 'a.length': 1 }],
  ['below null', { a: null }, { 'a.b': 1 }],
  ['below a date', { a: new Date(0) }, { 'a.b': 1 }],
  ['of a name in an array', { a: [1] }, { 'a.b': 1 }],
];

export function describeChanges(connector: DatabaseConnector): void {
  describe('a change', () => {
    const connect = eachOnItsOwn(connector);

    it.each(changes)('%s', async (_what, before, change, after) => {
      const database = await connect();
      await database.write([insert('trials', [trial(1, structuredClone(before)), trial(2)])]);
      const [changed] = await database.write([update('trials', { _id: 1 }, structuredClone(change))]);
      expect(changed).toEqual([trial(1, after)]);
      expect(await (await connect()).find('trials', everything)).toEqual([trial(1, after), trial(2)]);
    });

    it.each(impossible)(
      '%s is refused, and nothing of the write is stored',
      async (_what, before, change) => {
        const database = await connect();
        await database.write([insert('trials', [trial(1), trial(2, structuredClone(before))])]);
        const failing = database.write([
          update('trials', { _id: 1 }, { rank: 1 }),
          update('trials', { _id: 2 }, change),
        ]);
        await expect(failing).rejects.toThrow(InvalidDocumentError);
        expect(await (await connect()).find('trials', everything)).toEqual([trial(1), trial(2, before)]);
      },
    );

    it('raises a number, and a missing one from 0', async () => {
      const database = await connect();
      await database.write([insert('trials', [trial(1, { rank: 2, a: { b: 0.5 } }), trial(2)])]);
      const raise = raising({ path: ['rank'], by: 3 }, { path: ['a', 'b'], by: -1 });
      const raised = [trial(1, { rank: 5, a: { b: -0.5 } }), trial(2, { rank: 3, a: { b: -1 } })];
      expect(await database.write([raise])).toEqual([raised]);
      expect(await (await connect()).find('trials', everything)).toEqual(raised);
    });

    it('raises no text, and nothing of the write is stored', async () => {
      const database = await connect();
      await database.write([insert('trials', [trial(1), trial(2, { rank: '1' })])]);
      await expect(database.write([raising({ path: ['rank'], by: 1 })])).rejects.toThrow(
        InvalidDocumentError,
      );
      expect(await (await connect()).find('trials', everything)).toEqual([trial(1), trial(2, { rank: '1' })]);
    });

    it('never reaches a prototype', async () => {
      const database = await connect();
      await database.write([insert('trials', [trial(1, { a: {} })])]);
      await database.write([
        update('trials', {}, { '__proto__.polluted': 1, 'a.__proto__.polluted': 2, 'a.constructor': 3 }),
      ]);
      const [found] = await (await connect()).find('trials', everything);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      expect(Object.getPrototypeOf(found)).toBe(Object.prototype);
      expect(Object.getOwnPropertyDescriptor(found, '__proto__')?.value).toEqual({ polluted: 1 });
      const a = found?.['a'] as object;
      expect(Object.getOwnPropertyDescriptor(a, '__proto__')?.value).toEqual({ polluted: 2 });
      expect(Object.getOwnPropertyDescriptor(a, 'constructor')?.value).toBe(3);
    });
  });
}

function raising(...raises: readonly Raise[]): UpdateStep {
  return { kind: 'update', collection: 'trials', where: everything, changes: raises };
}
