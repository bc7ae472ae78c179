import { describe, expect, it } from 'vitest';
import { LockAcquisitionTimeoutError } from '../../errors.js';
import type { LockedAlgorithmState } from '../../locks/locked-algorithm-state.js';
import type { StorageOptions } from '../../storage-options.js';
import { eachOnItsOwn, type StorageConnector, takingTurns } from '../connectors.js';
import { aMoment } from '../waiting.js';
import { createExperiment, ref, stateOf } from './algorithm.js';
import { HandClock } from './trials.js';

export function describeAlgorithmLock(connector: StorageConnector): void {
  describe('the algorithm lock', () => {
    const connect = eachOnItsOwn(connector);
    const withState = async (options?: StorageOptions) => {
      const storage = await connect(options);
      await createExperiment(storage);
      return storage;
    };

    it('is held by one at a time, whichever the connection: a counter in the state is exact', async () => {
      await withState();
      const storage = await takingTurns(connect);
      const raise = async (locked: LockedAlgorithmState) => {
        const { n } = locked.state as { n: number };
        await aMoment(1);
        locked.setState({ n: n + 1 });
      };
      await Promise.all(Array.from({ length: 16 }, (_, i) => storage(i).acquireAlgorithmLock(ref, raise)));
      expect(await stateOf(storage(1))).toEqual({ n: 16 });
    });

    it('of two experiments are independent', async () => {
      const storage = await withState();
      await storage.createExperiment({ _id: 'f', name: 'f' }, { algoState: 1 });
      await storage.acquireAlgorithmLock(ref, async (locked) => {
        await storage.acquireAlgorithmLock({ uid: 'f' }, (other) => other.setState(2));
        locked.setState(3);
      });
      expect(await stateOf(storage)).toBe(3);
      expect((await storage.getAlgorithmLockInfo({ uid: 'f' }))?.state).toBe(2);
    });

    it('is not waited for beyond the timeout; the error says since when it is held', async () => {
      const clock = new HandClock();
      const storage = await withState({ clock: clock.now });
      const waiter = await connect();
      await storage.acquireAlgorithmLock(ref, async (locked) => {
        const waiting = waiter.acquireAlgorithmLock(ref, { timeout: 50, retryInterval: 10 }, () => 'entered');
        const error = await waiting.catch((reason: unknown) => reason);
        expect(error).toBeInstanceOf(LockAcquisitionTimeoutError);
        expect(String(error)).toContain(clock.now().toISOString());
        locked.setState({ n: 1 });
      });
      expect(await stateOf(storage)).toEqual({ n: 1 });
    });

    it('is not waited for once the signal is aborted', async () => {
      const storage = await withState();
      const waiter = await connect();
      const reason = new Error('enough');
      const abort = new AbortController();
      await storage.acquireAlgorithmLock(ref, async () => {
        const waiting = waiter.acquireAlgorithmLock(ref, { signal: abort.signal }, () => 'entered');
        setTimeout(() => abort.abort(reason), 20);
        await expect(waiting).rejects.toBe(reason);
      });
      const aborted = waiter.acquireAlgorithmLock(
        ref,
        { signal: AbortSignal.abort(reason) },
        () => 'entered',
      );
      await expect(aborted).rejects.toBe(reason);
      expect(await waiter.acquireAlgorithmLock(ref, { timeout: 1_000 }, () => 'free')).toBe('free');
    });

    it('is taken over from a holder that was killed', async () => {
      const storage = await connect({ lease: 100 });
      await storage.createExperiment(
        { _id: ref.uid, name: 'e' },
        { algoLocked: true, algoState: { n: 5 }, algoHeartbeat: new Date(0) },
      );
      expect(await storage.acquireAlgorithmLock(ref, { timeout: 5_000 }, ({ state }) => state)).toEqual({
        n: 5,
      });
    });

    it('is not taken from a holder that lives, however long it holds', async () => {
      const options = { lease: 200 };
      const storage = await withState(options);
      const waiters = [await connect(options), await connect(options)];
      await storage.acquireAlgorithmLock(ref, async (locked) => {
        const waits = waiters.map((waiter) =>
          waiter.acquireAlgorithmLock(ref, { timeout: 5 * options.lease }, () => 'entered'),
        );
        // Together, as the second may be refused before the first.
        await Promise.all(waits.map((wait) => expect(wait).rejects.toThrow(LockAcquisitionTimeoutError)));
        locked.setState({ n: 1 });
      });
      expect(await stateOf(storage)).toEqual({ n: 1 });
    });

    it('is waited for where there is none yet', async () => {
      const storage = await connect();
      const options = { timeout: 60, retryInterval: 10 };
      await expect(storage.acquireAlgorithmLock(ref, options, () => 1)).rejects.toThrow(
        LockAcquisitionTimeoutError,
      );
      const waiting = storage.acquireAlgorithmLock(
        ref,
        { timeout: 5_000, retryInterval: 10 },
        () => 'entered',
      );
      await aMoment();
      await storage.initializeAlgorithmLock(ref.uid, {});
      expect(await waiting).toBe('entered');
    });
  });
}
