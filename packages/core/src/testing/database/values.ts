import { describe, expect, it } from 'vitest';
import { everything } from '../../query/condition.js';
import { type DatabaseConnector, eachOnItsOwn } from '../connectors.js';
import { storableValues, withOwnProto } from '../storable-values.js';
import { insert, update } from './steps.js';

export function describeValues(connector: DatabaseConnector): void {
  describe('values', () => {
    const connect = eachOnItsOwn(connector);

    it.each(storableValues)('read back as they were written: %s', async (_what, value) => {
      const database = await connect();
      await database.write([insert('algo', [{ _id: 1, experiment: 1, state: structuredClone(value) }])]);
      await database.write([insert('algo', [{ _id: 2, experiment: 2 }])]);
      await database.write([update('algo', { _id: 2 }, { state: structuredClone(value) })]);
      for (const connection of [database, await connect()]) {
        expect(await connection.find('algo', everything)).toStrictEqual([
          { _id: 1, experiment: 1, state: value },
          { _id: 2, experiment: 2, state: value },
        ]);
      }
    });

    it('read back all at once, in one document and in one write', async () => {
      const database = await connect();
      const state = storableValues.map(([, value]) => value);
      await database.write([
        insert(
          'algo',
          storableValues.map(([what, value], i) => ({
            _id: what,
            experiment: i,
            state: structuredClone(value),
          })),
        ),
      ]);
      await database.write([
        insert('algo', [{ _id: 'all', experiment: 'all', state: structuredClone(state) }]),
      ]);
      const other = await connect();
      const found = await other.find('algo', everything);
      const byId = new Map(found.map((document) => [document['_id'], document['state']]));
      for (const [what, value] of storableValues) expect(byId.get(what)).toStrictEqual(value);
      expect(byId.get('all')).toStrictEqual(state);
    });

    it('may have the key __proto__, which is data and never a prototype', async () => {
      const database = await connect();
      const state = { a: withOwnProto({ polluted: true }), b: withOwnProto(null), c: [withOwnProto(1)] };
      await database.write([insert('algo', [{ _id: 1, experiment: 1, state: structuredClone(state) }])]);
      for (const connection of [database, await connect()]) {
        const [found] = await connection.find('algo', everything);
        const read = found?.['state'] as { a: object; b: object; c: object[] };
        const objects = [read.a, read.b, read.c[0] as object];
        for (const object of objects) {
          expect(Object.keys(object)).toEqual(['__proto__']);
          expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
        }
        expect(objects.map((object) => Object.getOwnPropertyDescriptor(object, '__proto__')?.value)).toEqual([
          { polluted: true },
          null,
          1,
        ]);
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      }
    });

    it('may be of any length of _id and key', async () => {
      const database = await connect();
      const ids = ['', ' ', 'a.b', '$id', '\ud800', '__proto__', 'x'.repeat(1_000), -1.5, 1e300];
      await database.write([
        insert(
          'experiments',
          ids.map((_id) => ({ _id, name: String(_id) })),
        ),
      ]);
      const found = await (await connect()).find('experiments', everything);
      expect(new Set(found.map(({ _id }) => _id))).toEqual(new Set(ids));
    });
  });
}
