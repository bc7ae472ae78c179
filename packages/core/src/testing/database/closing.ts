import { describe, expect, it } from 'vitest';
import { StorageClosedError } from '../../errors.js';
import { everything } from '../../query/condition.js';
import { type DatabaseConnector, eachOnItsOwn } from '../connectors.js';
import { insert, trial } from './steps.js';

export function describeClosing(connector: DatabaseConnector): void {
  describe('closing', () => {
    const connect = eachOnItsOwn(connector);

    it('makes every later call a StorageClosedError, and may be done twice', async () => {
      const database = await connect();
      await database.write([insert('trials', [trial(1)])]);
      await database.close();
      await database.close();
      await expect(database.find('trials', everything)).rejects.toThrow(StorageClosedError);
      await expect(database.count('trials', everything)).rejects.toThrow(StorageClosedError);
      await expect(database.write([insert('trials', [trial(2)])])).rejects.toThrow(StorageClosedError);
    });

    it('leaves the data, and other connections, as they are', async () => {
      const one = await connect();
      const two = await connect();
      await one.write([insert('trials', [trial(1)])]);
      await one.close();
      await two.write([insert('trials', [trial(2)])]);
      await two.close();
      expect(await (await connect()).find('trials', everything)).toEqual([trial(1), trial(2)]);
    });

    it('keeps what was asked for before it: a write is stored whole, or fails', async () => {
      const database = await connect();
      const write = database.write([insert('trials', [trial(1)])]).then(
        () => 1,
        () => 0,
      );
      const close = database.close();
      const stored = await write;
      await close;
      expect(await (await connect()).count('trials', everything)).toBe(stored);
    });
  });
}
