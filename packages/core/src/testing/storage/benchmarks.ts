import { describe, expect, it } from 'vitest';
import { DuplicateKeyError } from '../../errors.js';
import { eachOnItsOwn, type StorageConnector } from '../connectors.js';

export function describeBenchmarks(connector: StorageConnector): void {
  describe('benchmarks', () => {
    const connect = eachOnItsOwn(connector);

    it('are stored with any fields, and found by queries and selections', async () => {
      const storage = await connect();
      const created = await storage.createBenchmark({
        name: 'b',
        algorithms: ['random', { tpe: { seed: 1 } }],
        tasks: [],
      });
      expect(created).toEqual({
        _id: expect.any(String),
        name: 'b',
        algorithms: ['random', { tpe: { seed: 1 } }],
        tasks: [],
      });
      await storage.createBenchmark({ _id: 7, name: 'c' });
      const other = await connect();
      expect(await other.fetchBenchmark({ name: 'b' })).toEqual([created]);
      expect(await other.fetchBenchmark({ 'algorithms.tpe.seed': 1 }, { name: 1, _id: 0 })).toEqual([
        { name: 'b' },
      ]);
      expect(await other.fetchBenchmark({ name: { $gt: 'b' } })).toEqual([{ _id: 7, name: 'c' }]);
      expect(await other.fetchBenchmark({})).toHaveLength(2);
    });

    it('have a name of their own', async () => {
      const storage = await connect();
      await storage.createBenchmark({ name: 'b' });
      await expect(storage.createBenchmark({ name: 'b', tasks: [] })).rejects.toThrow(DuplicateKeyError);
      await storage.createBenchmark({});
      await expect(storage.createBenchmark({})).rejects.toThrow(DuplicateKeyError);
      expect(await storage.fetchBenchmark({})).toHaveLength(2);
    });

    it('are deleted by a query', async () => {
      const storage = await connect();
      for (const name of ['a', 'b', 'c']) await storage.createBenchmark({ name });
      expect(await storage.deleteBenchmark({ name: 'z' })).toBe(0);
      expect(await storage.deleteBenchmark({ name: { $in: ['a', 'b'] } })).toBe(2);
      expect((await storage.fetchBenchmark({})).map(({ name }) => name)).toEqual(['c']);
      await storage.createBenchmark({ name: 'a' });
    });
  });
}
