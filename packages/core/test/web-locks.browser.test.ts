import { describe, expect, it } from 'vitest';
import { type Locks, webLocks } from '../src/adapter.js';
import { describeLocks } from '../src/testing/database/locks.js';
import { memoryWith } from './with-locks.js';

/** Locks that no other test shares. */
const ownScope = (): string => `test ${crypto.randomUUID()}`;

const locksOf = (scope: string): Locks => {
  const locks = webLocks(scope);
  if (locks) return locks;
  throw new Error('this browser has no Web Locks');
};

describe('Web Locks', () => {
  describeLocks(memoryWith(() => webLocks(ownScope())));

  describe('of two scopes', () => {
    const scope = ownScope();
    // Without care for where the one ends and the name begins, some of these would be the same.
    const scopes = [scope, `${scope} `, `${scope} a`, `"${scope}"`];

    it('are independent', async () => {
      const holding = scopes.reduce(
        (inner: () => Promise<string>, each) => () => locksOf(each).request('a', {}, inner),
        async () => 'all held',
      );
      expect(await holding()).toBe('all held');
    });

    it('are listed each by its own, with the names that they have there', async () => {
      const [locks, others] = [locksOf(scope), locksOf(`${scope} `)];
      await locks.request('a', {}, () =>
        others.request('b', {}, async () => {
          expect((await locks.query()).held).toMatchObject([{ name: 'a', clientId: expect.any(String) }]);
          expect((await others.query()).held).toMatchObject([{ name: 'b' }]);
        }),
      );
    });
  });

  it('of one scope are the same, whoever asks', async () => {
    const scope = ownScope();
    await locksOf(scope).request('a', {}, async () => {
      const signal = AbortSignal.timeout(50);
      const waiting = locksOf(scope).request('a', { signal }, async () => 'entered');
      await expect(waiting).rejects.toMatchObject({ name: 'TimeoutError' });
    });
  });

  it('are had by all who steal one at the same moment, once by each', async () => {
    const scope = ownScope();
    const [locks, calls] = [locksOf(scope), new Map<number, number>()];
    const thieves = Array.from({ length: 20 }, (_, thief) =>
      locks.request('a', { steal: true }, async () => {
        calls.set(thief, (calls.get(thief) ?? 0) + 1);
        return thief;
      }),
    );
    expect(await Promise.all(thieves)).toEqual(thieves.map((_, thief) => thief));
    await locks.request('a', {}, async () => 'in line'); // Whatever was to be lent late has been by now.
    expect([...calls.values()]).toEqual(thieves.map(() => 1));
  });

  it('are waited for again where one is stolen from who was about to have it', async () => {
    const locks = locksOf(ownScope());
    for (let i = 0; i < 20; i++) {
      const waiting = locks.request('a', {}, async () => 'had');
      const stealing = locks.request('a', { steal: true }, async () => 'stolen');
      expect(await Promise.all([waiting, stealing])).toEqual(['had', 'stolen']);
    }
  });

  it('may have any name, though the platform’s own may not', async () => {
    const locks = locksOf(ownScope());
    for (const name of ['', '-', '-a', ' ', '"', '\u0000', 'é'])
      expect(await locks.request(name, {}, async () => (await locks.query()).held)).toMatchObject([{ name }]);
  });

  it('are undefined where the platform has none, as in a page that was not loaded securely', () => {
    Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true });
    try {
      expect(webLocks('a')).toBeUndefined();
    } finally {
      Reflect.deleteProperty(navigator, 'locks');
    }
    expect(webLocks('a')).toBeDefined();
  });
});
