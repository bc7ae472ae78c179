import { describe, expect, it } from 'vitest';
import { errorCode } from '../../errors.js';
import { eachOnItsOwn, type StorageConnector } from '../connectors.js';
import { withOwnProto } from '../storable-values.js';
import { newTrial, objective, valuesOf } from './trials.js';

/** Names that have been trouble somewhere: parts of every object, ways out of a directory, what is no text or too much of it. */
const names: readonly string[] = [
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  '__defineGetter__',
  '',
  '.',
  '..',
  '../../outside',
  '/tmp/outside',
  'C:\\outside',
  'a/b',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '$where',
  'line\nbreak',
  'x'.repeat(10_000),
];

/** Patterns that a matcher which tries one way after another takes longer over than anybody lives, with the versions they meet. */
const slowPatterns = [
  ['(a+)+$', []],
  ['(a|a)*$', [1, 2]],
  ['(a|aa)+$', []],
  ['(.*)*x', [2]],
  ['(?:a?){30}a{30}$', []],
  ['(x+x+)+y', [2]],
  ['a*a*a*a*a*a*a*b', []],
] as const;

/** What no matcher answers in bounded time, and one that grows beyond bounds when its repetitions are written out. */
const endlessPatterns = [
  '(a)\\1',
  '(?=a)b',
  '(?!a)b',
  '(?<=a)b',
  '(?<!a)b',
  '(?<n>a)\\k<n>',
  '((a{99}){99}){99}',
];

export function describeHostileInput(connector: StorageConnector): void {
  describe('hostile input', () => {
    const connect = eachOnItsOwn(connector);

    it('is data where it is a name: of experiments, benchmarks, workers and params', async () => {
      const storage = await connect();
      for (const name of names) {
        await storage.createBenchmark({ name });
        const { _id } = await storage.createExperiment({ _id: `id ${name}`, name, version: 1 });
        const params = [{ name, type: 'real', value: 1 }] as const;
        const named = storage.registerTrial({ experiment: _id, params }).catch(errorCode);
        // Half of a surrogate pair has no UTF-8, of which the id of a trial is made.
        const outcome = /\p{Cs}/u.test(name) ? 'invalid-document' : { params };
        expect([await named]).toMatchObject([outcome]);
        await storage.registerTrial(newTrial(_id, 2));
        const held = await storage.reserveTrial({ uid: _id }, { worker: name });
        expect((await storage.reserveTrial({ uid: _id }, { worker: name }))?._id).toBe(held?._id);
        await storage.acquireAlgorithmLock({ uid: _id }, (locked) => locked.setState({ [name]: name }));
      }
      const other = await connect();
      for (const name of names) {
        const [experiment, ...more] = await other.fetchExperiments({ name });
        expect([experiment?.name, more]).toEqual([name, []]);
        expect(await other.fetchBenchmark({ name })).toHaveLength(1);
        expect(await other.fetchTrials({ uid: `id ${name}` }, { where: { worker: name } })).toHaveLength(1);
        const lock = await other.getAlgorithmLockInfo({ uid: `id ${name}` });
        expect(lock?.state).toStrictEqual({ [name]: name });
      }
    });

    it('is data where it is a key: stored, found, selected, sorted by, changed', async () => {
      const storage = await connect();
      const own = ['__proto__', 'constructor', 'hasOwnProperty'];
      const create = (rank: number, metadata: object): Promise<unknown> =>
        storage.createExperiment({ name: 'e', version: rank, metadata });
      await create(1, { a: Object.fromEntries(own.map((key) => [key, { rank: 1 }])) });
      await create(2, { a: {} });
      for (const key of own) {
        const path = `metadata.a.${key}`;
        const found = await storage.fetchExperiments(
          { [path]: { $exists: true } },
          { [path]: 1, version: 1 },
        );
        expect(found).toMatchObject([{ version: 1, metadata: { a: JSON.parse(`{"${key}":{"rank":1}}`) } }]);
        expect(await storage.fetchExperiments({ [`${path}.rank`]: 1 }, { [path]: 0 })).toHaveLength(1);
        expect(await storage.fetchExperiments({ 'metadata.a': JSON.parse(`{"${key}":1}`) })).toEqual([]);
        const [{ _id } = { _id: '' }] = await storage.fetchExperiments({ version: 2 });
        await storage.updateExperiment({ uid: _id }, { [`${path}.rank`]: 7, [`space.${key}.polluted`]: key });
        expect(await storage.fetchExperiments({ [`${path}.rank`]: 7 })).toHaveLength(1);
        expect(await storage.fetchTrials({ uid: _id }, { sort: { [key]: 1 }, where: { [key]: 1 } })).toEqual(
          [],
        );
      }
      const [changed] = await storage.fetchExperiments({ version: 2 });
      expect(Object.keys(changed?.space ?? {})).toEqual(own);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    });

    it('is refused at the top of a trial, and changes no prototype', async () => {
      const storage = await connect();
      const trial = { ...withOwnProto({ status: 'broken' }), ...newTrial(1, 1) };
      await expect(storage.registerTrial(trial)).rejects.toThrow(/__proto__/);
      await expect(
        storage.updateTrials({ uid: 1 }, withOwnProto({ status: 'broken' }) as Record<string, unknown>),
      ).rejects.toThrow(/__proto__/);
    });

    it('of very many values or conditions, is answered like any other', async () => {
      const storage = await connect();
      await storage.createExperiment({ _id: 1, name: 'name 7', version: 7 });
      await storage.registerTrials([newTrial(1, 1), newTrial(1, 2)]);
      const [first] = await storage.fetchTrials({ uid: 1 });
      const where = { id: { $in: [...Array.from({ length: 50_000 }, (_, i) => `name ${i}`), first?.id] } };
      expect(valuesOf(await storage.fetchTrials({ uid: 1 }, { where }))).toEqual([1]);
      const many = Array.from({ length: 20_000 }, (_, i) => `name ${i}`);
      const each = { name: { $in: many }, version: { $in: many.map((_, i) => i) } };
      expect(await storage.fetchExperiments(each)).toHaveLength(1);
      const $or = many.map((name) => ({ name }));
      expect(await storage.fetchExperiments({ $or })).toHaveLength(1);
      expect(await storage.updateTrials({ uid: 1 }, { worker: 'w' }, { where: { $nor: $or } })).toBe(2);
      expect(await storage.deleteTrials({ uid: 1 }, { where: { $and: [...$or, { id: 'x' }] } })).toBe(0);
    });

    it('that is a slow pattern is answered in time that grows with the text', async () => {
      const storage = await connect();
      await storage.createExperiment({ name: `${'a'.repeat(5_000)}!`, version: 1 });
      await storage.createExperiment({ name: `${'x'.repeat(5_000)}y`, version: 2 });
      for (const [$regex, versions] of slowPatterns) {
        const found = await storage.fetchExperiments({ name: { $regex } }, { version: 1, _id: 0 });
        expect([$regex, found]).toEqual([$regex, versions.map((version) => ({ version }))]);
      }
    });

    it('that is a pattern which may take exponentially long is refused before anything is read', async () => {
      const storage = await connect();
      for (const pattern of endlessPatterns) {
        for (const name of [{ $regex: pattern }, new RegExp(pattern)]) {
          await expect(storage.fetchExperiments({ name }), pattern).rejects.toMatchObject({
            code: 'invalid-query',
          });
        }
      }
    });

    it('of megabytes is stored and found like any other', async () => {
      const storage = await connect();
      const text = 'ä'.repeat(1_000_000);
      await storage.createExperiment({
        _id: 1,
        name: text,
        metadata: { bytes: new Uint8Array(1_000_000).fill(7) },
      });
      await storage.registerTrial(newTrial(1, 1, { worker: text }));
      const other = await connect();
      const [found] = await other.fetchExperiments({ name: text });
      expect(found?.name === text).toBe(true);
      const { bytes } = (found?.metadata ?? {}) as { bytes?: Uint8Array };
      expect(bytes?.every((byte) => byte === 7)).toBe(true);
      const trial = await other.reserveTrial({ uid: 1 });
      if (!trial) throw new Error('not reserved');
      expect((await other.pushTrialResults({ ...trial, results: [objective(1)] })).results).toHaveLength(1);
    });

    it('of more than a million characters is refused where it is a key, before anything is changed', async () => {
      const storage = await connect();
      const text = 'x'.repeat(1_000_001);
      await storage.createExperiment({ _id: 1, name: 'a', version: 1 });
      const refused = [
        storage.createExperiment({ name: text, version: 1 }),
        storage.createExperiment({ _id: text, name: 'b', version: 1 }),
        storage.createBenchmark({ name: text }),
        storage.updateExperiment({ uid: 1 }, { name: text, version: 2 }),
        storage.registerTrial(newTrial(text, 1)),
        storage.registerTrial(newTrial(1, 1, { _id: text })),
        storage.initializeAlgorithmLock(text, null),
      ];
      for (const call of refused) await expect(call).rejects.toMatchObject({ code: 'invalid-document' });
      expect(await storage.fetchExperiments({})).toMatchObject([{ _id: 1, name: 'a', version: 1 }]);
    });
  });
}
