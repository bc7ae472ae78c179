import type { StorageProtocol, Trial } from '@trialbase/core';
import { describe, expect, it } from 'vitest';
import { integer, openExperiment, randomSearch } from '../src/index.js';
import { shared } from './connect.js';

/** The storage, with something done before each of its calls: so calls of others come in between. */
function withCallsBetween(storage: StorageProtocol, before: () => Promise<void>): StorageProtocol {
  return new Proxy(storage, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]): Promise<unknown> => {
        await before();
        return Reflect.apply(member, target, args) as unknown;
      };
    },
  });
}

/** More than a worker makes for one trial. */
const CALLS = 10;
const moments = Array.from({ length: CALLS }, (_, i) => i + 1).flatMap((taken) =>
  Array.from({ length: CALLS - taken + 1 }, (_, i) => [taken, taken + i] as const),
);

const described = {
  name: 'e',
  space: { n: integer(1, 9) },
  algorithm: randomSearch({ seed: 1 }),
  maxTrials: 1,
};

describe('where one trial is needed, and several wait, two workers together evaluate one', () => {
  it.each(moments)(
    'also if one of them takes its trial before call %s of the other, and completes it before call %s',
    async (taken, completed) => {
      const connect = shared();
      const one = await openExperiment(await connect(), described);
      for (let n = 1; n <= 3; n += 1) await one.insert({ n });
      let held: Trial | undefined;
      let calls = Number.NEGATIVE_INFINITY; // until it works
      const storage = withCallsBetween(await connect(), async () => {
        calls += 1;
        if (calls === taken) held = await one.suggest();
        if (held && calls === completed) await one.observe(held, 1);
      });
      const other = await openExperiment(storage, { name: 'e' });
      calls = 0;
      const summary = await other.workOn(() => 2, { idleTimeout: 0 });
      if (held && calls < completed) await one.observe(held, 1);
      expect((await one.stats()).counts).toMatchObject({ completed: 1, reserved: 0 });
      expect(summary.completed).toBe(held ? 0 : 1);
    },
  );
});
