import { describe, expect, it } from 'vitest';
import { DuplicateKeyError, FailedUpdateError } from '../../errors.js';
import type { StorageOptions } from '../../storage-options.js';
import { eachOnItsOwn, type StorageConnector } from '../connectors.js';
import { gate } from '../waiting.js';
import { createExperiment, ref, stateOf } from './algorithm.js';

export function describeReleasing(connector: StorageConnector): void {
  describe('freeing and deleting the algorithm lock', () => {
    const connect = eachOnItsOwn(connector);
    const withState = async (options?: StorageOptions) => {
      const storage = await connect(options);
      await createExperiment(storage);
      return storage;
    };

    it('can be freed by a person while it is held; the late holder is refused, its successor is not disturbed', async () => {
      const storage = await withState();
      const person = await connect();
      const [held, late, successorHolds] = [gate(), gate(), gate()];
      const holder = storage.acquireAlgorithmLock(ref, async (locked) => {
        held.open();
        await late.opened;
        locked.setState({ n: 'late' });
      });
      const outcome = holder.catch((error: unknown) => error);
      await held.opened;
      expect(await person.releaseAlgorithmLock(ref, { n: 'by a person' })).toBe(true);
      expect(await person.getAlgorithmLockInfo(ref)).toMatchObject({
        state: { n: 'by a person' },
        locked: false,
      });
      const successor = person.acquireAlgorithmLock(ref, { timeout: 5_000 }, async (locked) => {
        expect(locked.state).toEqual({ n: 'by a person' });
        locked.setState({ n: 'successor' });
        late.open();
        await successorHolds.opened;
      });
      expect(await outcome).toBeInstanceOf(FailedUpdateError);
      expect(await person.getAlgorithmLockInfo(ref)).toMatchObject({
        state: { n: 'by a person' },
        locked: true,
      });
      successorHolds.open();
      await successor;
      expect(await person.getAlgorithmLockInfo(ref)).toMatchObject({
        state: { n: 'successor' },
        locked: false,
      });
    });

    it('can be freed through the very connection that holds it, and be taken there again', async () => {
      const storage = await withState();
      const holder = storage.acquireAlgorithmLock(ref, async (late) => {
        expect(await storage.releaseAlgorithmLock(ref)).toBe(true);
        await storage.acquireAlgorithmLock(ref, { timeout: 5_000 }, (locked) =>
          locked.setState({ n: 'successor' }),
        );
        late.setState({ n: 'late' });
      });
      await expect(holder).rejects.toThrow(FailedUpdateError);
      expect(await stateOf(storage)).toEqual({ n: 'successor' });
    });

    it('is left alone by a release while nobody holds it', async () => {
      const storage = await withState();
      expect(await storage.releaseAlgorithmLock(ref, { n: 'not written' })).toBe(false);
      expect(await stateOf(storage)).toEqual({ n: 0 });
      expect(await storage.releaseAlgorithmLock({ uid: 'nobody' })).toBe(false);
    });

    it('keeps its state when it is freed without a new one, and takes null for one', async () => {
      for (const [newState, after] of [
        [[], { n: 0 }],
        [[null], null],
      ] as const) {
        const storage = await connect();
        const _id = `e ${newState.length}`;
        await storage.createExperiment({ _id, name: _id }, { algoLocked: true, algoState: { n: 0 } });
        expect(await storage.releaseAlgorithmLock({ uid: _id }, ...newState)).toBe(true);
        expect(await storage.getAlgorithmLockInfo({ uid: _id })).toMatchObject({
          state: after,
          locked: false,
        });
      }
    });

    it('exists once an experiment', async () => {
      const storage = await withState();
      await expect(storage.initializeAlgorithmLock(ref.uid, {})).rejects.toThrow(DuplicateKeyError);
      await storage.initializeAlgorithmLock('other', { a: 1 });
      expect(await storage.getAlgorithmLockInfo({ uid: 'other' })).toMatchObject({
        state: null,
        configuration: { a: 1 },
        locked: false,
      });
      await expect(storage.initializeAlgorithmLock('other', {})).rejects.toThrow(DuplicateKeyError);
    });

    it('can be deleted; what its holder sets then is refused, as by a lock made anew', async () => {
      const storage = await withState();
      const holder = storage.acquireAlgorithmLock(ref, async (locked) => {
        expect(await storage.deleteAlgorithmLock(ref)).toBe(1);
        expect(await storage.deleteAlgorithmLock(ref)).toBe(0);
        await storage.initializeAlgorithmLock(ref.uid, { anew: true });
        locked.setState({ n: 1 });
      });
      await expect(holder).rejects.toThrow(FailedUpdateError);
      expect(await storage.getAlgorithmLockInfo(ref)).toMatchObject({
        state: null,
        configuration: { anew: true },
      });
    });
  });
}
