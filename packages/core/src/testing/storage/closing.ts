import { describe, expect, it } from 'vitest';
import { StorageClosedError } from '../../errors.js';
import { eachOnItsOwn, type StorageConnector } from '../connectors.js';
import { everyCall } from './every-call.js';

export function describeClosedStorage(connector: StorageConnector): void {
  describe('a closed storage', () => {
    const connect = eachOnItsOwn(connector);

    it.each(Object.entries(everyCall))('refuses %s', async (_name, call) => {
      const storage = await connect();
      await storage.close();
      await expect(call(storage)).rejects.toThrow(StorageClosedError);
    });

    it('may be closed again, and is closed at the end of its scope', async () => {
      const storage = await connect();
      await storage.createExperiment({ name: 'e' });
      await storage.close();
      await storage.close();
      const other = await connect();
      await other[Symbol.asyncDispose]();
      await expect(other.fetchExperiments({})).rejects.toThrow(StorageClosedError);
      expect(await (await connect()).fetchExperiments({})).toHaveLength(1);
    });
  });
}
