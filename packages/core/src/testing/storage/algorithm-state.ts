import { describe, expect, it } from 'vitest';
import type { StorageOptions } from '../../storage-options.js';
import { eachOnItsOwn, type StorageConnector } from '../connectors.js';
import { createExperiment, ref, stateOf } from './algorithm.js';
import { HandClock } from './trials.js';

/** Everything that can be thrown. */
const thrown: readonly (readonly [what: string, value: unknown])[] = [
  ['an error', new Error('boom')],
  ['a string', 'boom'],
  ['null', null],
  ['undefined', undefined],
  ['an abort', new DOMException('stop', 'AbortError')],
];

const states: readonly unknown[] = [
  null,
  0,
  '',
  false,
  {},
  [],
  Number.NaN,
  new Map([['a', new Set([1])]]),
  Float64Array.of(0.1),
];

export function describeAlgorithmState(connector: StorageConnector): void {
  describe('the state of the algorithm', () => {
    const connect = eachOnItsOwn(connector);
    const withState = async (options?: StorageOptions) => {
      const storage = await connect(options);
      await createExperiment(storage);
      return storage;
    };

    it('keeps the state from one holder to the next', async () => {
      const storage = await withState();
      const result = await storage.acquireAlgorithmLock(ref, async (locked) => {
        expect(locked).toMatchObject({ state: { n: 0 }, configuration: { random: {} }, locked: true });
        locked.setState({ n: 1 });
        expect(locked.state).toEqual({ n: 1 });
        return 'result';
      });
      expect(result).toBe('result');
      const found = await (await connect()).acquireAlgorithmLock(
        ref,
        { timeout: 1_000 },
        (locked) => locked.state,
      );
      expect(found).toEqual({ n: 1 });
    });

    it('shows those who look whether it is held, since when, and the state last saved', async () => {
      const clock = new HandClock();
      const storage = await withState({ clock: clock.now });
      const taken = clock.advance(5);
      await storage.acquireAlgorithmLock(ref, async (locked) => {
        locked.setState({ n: 1 });
        clock.advance(5);
        expect(await storage.getAlgorithmLockInfo(ref)).toMatchObject({
          state: { n: 0 },
          locked: true,
          heartbeat: taken,
        });
      });
      expect(await storage.getAlgorithmLockInfo(ref)).toMatchObject({
        state: { n: 1 },
        locked: false,
        heartbeat: clock.now(),
      });
      expect(await storage.getAlgorithmLockInfo({ uid: 'nobody' })).toBeUndefined();
    });

    it.each(states.map((state) => [state]))('keeps the state %o', async (state) => {
      const storage = await withState();
      await storage.acquireAlgorithmLock(ref, (locked) => locked.setState(structuredClone(state)));
      expect(await stateOf(await connect())).toStrictEqual(state);
    });

    it('does not write a state that was never set, or was reset', async () => {
      const storage = await withState();
      await storage.acquireAlgorithmLock(ref, (locked) => {
        (locked.state as { n: number }).n = 99;
      });
      expect(await stateOf(storage)).toEqual({ n: 0 });
      await storage.acquireAlgorithmLock(ref, (locked) => {
        locked.setState({ n: 1 });
        locked.reset();
        expect(locked.state).toEqual({ n: 0 });
      });
      expect(await stateOf(storage)).toEqual({ n: 0 });
    });

    it('saves the state as it was when it was set', async () => {
      const storage = await withState();
      const mine = { n: 1 };
      await storage.acquireAlgorithmLock(ref, async (locked) => {
        locked.setState(mine);
        mine.n = 2;
      });
      expect(await stateOf(storage)).toEqual({ n: 1 });
    });

    it('shows the state set as a copy: what becomes of that, now or later, is not saved', async () => {
      const storage = await withState();
      const seen = await storage.acquireAlgorithmLock(ref, (locked) => {
        locked.setState({ n: 1 });
        const shown = locked.state as Record<string, unknown>;
        shown['model'] = () => 'not to be stored';
        expect(locked.state).toBe(shown);
        return shown;
      });
      seen['n'] = 99;
      expect(await stateOf(storage)).toEqual({ n: 1 });
      expect(await stateOf(await connect())).toEqual({ n: 1 });
    });

    it.each(thrown)('whose holder throws %s is freed, the state as it was found', async (_what, value) => {
      const storage = await withState();
      const failing = storage.acquireAlgorithmLock(ref, async (locked) => {
        (locked.state as { n: number }).n = 99;
        locked.setState({ n: 1 });
        throw value;
      });
      await expect(
        failing.then(
          () => 'returned',
          (error: unknown) => ({ error }),
        ),
      ).resolves.toEqual({ error: value });
      expect(await storage.getAlgorithmLockInfo(ref)).toMatchObject({ state: { n: 0 }, locked: false });
      expect(await storage.acquireAlgorithmLock(ref, { timeout: 1_000 }, ({ state }) => state)).toEqual({
        n: 0,
      });
    });
  });
}
