import { DuplicateKeyError } from '@trialbase/core';
import { everything, type OpenDatabase, type Touched } from '@trialbase/core/adapter';
import { openDexie } from '@trialbase/dexie';
import { openIdb } from '@trialbase/idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseName, remove } from './indexed-db.js';
import { layoutOf } from './layout.js';

type Opener = (options: { readonly name: string }) => Promise<OpenDatabase>;

let name: string;

beforeEach(() => {
  name = databaseName();
});

afterEach(() => remove(name));

function insert(_id: string) {
  const documents = [{ _id, name: _id, version: 1 }];
  return { kind: 'insert', collection: 'experiments', documents, onDuplicate: 'refuse' } as const;
}

describe.each<{ from: string; first: Opener; to: string; second: Opener }>([
  { from: 'idb', first: openIdb, to: 'Dexie', second: openDexie },
  { from: 'Dexie', first: openDexie, to: 'idb', second: openIdb },
])('a store made through $from', ({ to, first, second }) => {
  it(`is opened through ${to}, and changed in nothing by that`, async () => {
    const before = await first({ name });
    await before.write([insert('a')]);
    await before.close();
    const made = await layoutOf(name);

    const after = await second({ name });
    expect(await after.find('experiments', everything)).toEqual([{ _id: 'a', name: 'a', version: 1 }]);
    await after.write([insert('b')]);
    await after.close();
    expect(await layoutOf(name)).toEqual(made);

    const again = await first({ name });
    expect(await again.count('experiments', everything)).toBe(2);
    await again.close();
  });

  it(`is shared with ${to} at the same time: keys, changes and locks`, async () => {
    const [one, other] = [await first({ name }), await second({ name })];
    const told: (readonly Touched[])[] = [];
    other.watch((touched) => told.push(touched));
    await one.write([insert('a')]);
    expect(await other.count('experiments', everything)).toBe(1);
    await expect(other.write([{ ...insert('a') }])).rejects.toBeInstanceOf(DuplicateKeyError);
    await expect.poll(() => told).toEqual([[{ collection: 'experiments', ids: ['a'] }]]);
    await one.locks?.request('algorithm', {}, async () => {
      const held = (await other.locks?.query())?.held ?? [];
      expect(held.map((lock) => lock.name)).toEqual(['algorithm']);
    });
    await Promise.all([one.close(), other.close()]);
  });
});
