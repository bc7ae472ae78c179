import { beforeAll, describe, expect, it } from 'vitest';
import { errorCode } from '../../errors.js';
import type { StorageOptions } from '../../storage-options.js';
import type { StorageProtocol } from '../../storage-protocol.js';
import { allInOnePlace, eachOnItsOwn, type StorageConnector } from '../connectors.js';
import type { World } from './bad-call.js';
import { badOptions } from './bad-options.js';
import { badRecords } from './bad-records.js';
import { badReferences } from './bad-references.js';
import { unstorable } from './bad-values.js';
import { contentOf, HandClock, newTrial, objective } from './trials.js';

const badCalls = [...badReferences, ...badRecords, ...badOptions];

export function describeBadInput(connector: StorageConnector): void {
  describe('bad input', () => {
    const connect = allInOnePlace(connector);
    let world: World;
    let witness: StorageProtocol;
    beforeAll(async () => {
      world = await createWorld(connect);
      witness = await connect();
    });

    it.each(badCalls)('%s: %s, and nothing is changed', async (_what, code, call) => {
      const before = await contentOf(world.storage, [1]);
      const error = await call(world).then(
        () => 'no error',
        (reason: unknown) => reason,
      );
      expect(errorCode(error), String(error)).toBe(code);
      expect(await contentOf(witness, [1])).toEqual(before);
    });

    it.each(unstorable)(
      'the error for %s names the path of what cannot be stored',
      async (_what, value, path) => {
        await expect(world.storage.createExperiment({ name: 'f', metadata: value })).rejects.toThrow(
          `metadata.${path}`,
        );
      },
    );

    it('the error for a query names the operator and the path', async () => {
      const query = { $or: [{ a: 1 }, { 'deep.path': { $near: 1 } }] };
      await expect(world.storage.fetchTrials({ uid: 1 }, { where: query })).rejects.toThrow(
        /deep\.path.*\$near|\$near.*deep\.path/,
      );
    });
  });

  describe('a worker whose input is bad', () => {
    const connect = eachOnItsOwn(connector);

    it('loses nothing by it: the storage works as before', async () => {
      const { storage, trial } = await createWorld(connect);
      for (const [, , call] of badCalls) await call({ storage, trial }).catch(() => undefined);
      const pushed = await storage.pushTrialResults(
        { ...trial, results: [objective(1)] },
        { status: 'completed' },
      );
      expect(pushed.status).toBe('completed');
      expect(await storage.acquireAlgorithmLock({ uid: 1 }, ({ state }) => state)).toEqual({ n: 0 });
    });
  });
}

async function createWorld(connect: (options: StorageOptions) => Promise<StorageProtocol>): Promise<World> {
  const storage = await connect({ clock: new HandClock().now });
  await storage.createExperiment(
    { _id: 1, name: 'e', version: 1, metadata: { user: 'u' } },
    { algoState: { n: 0 } },
  );
  await storage.createBenchmark({ name: 'b' });
  await storage.registerTrial(newTrial(1, 0.5));
  const trial = await storage.reserveTrial({ uid: 1 });
  if (!trial) throw new Error('not reserved');
  return { storage, trial };
}
