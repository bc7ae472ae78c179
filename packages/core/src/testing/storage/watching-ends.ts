import { describe, expect, it } from 'vitest';
import {
  InvalidConfigurationError,
  InvalidQueryError,
  MissingArgumentsError,
  StorageClosedError,
} from '../../errors.js';
import { eachOnItsOwn, type StorageConnector } from '../connectors.js';
import { aMoment } from '../waiting.js';
import { as } from './bad-call.js';
import { TrialReader } from './trial-reader.js';
import { newTrial } from './trials.js';

const ref = { uid: 1 };

export function describeEndsOfWatching(connector: StorageConnector): void {
  describe('the watching of trials', () => {
    const connect = eachOnItsOwn(connector);

    it('ends where its loop is left, and begins anew with another loop', async () => {
      const storage = await connect();
      const watching = storage.watchTrials(ref);
      for (const trials of [0, 1, 2]) {
        for await (const changes of watching) {
          expect(changes).toHaveLength(trials);
          break;
        }
        await storage.registerTrial(newTrial(1, trials));
      }
    });

    it('ends while it waits for a change', async () => {
      const reader = new TrialReader(await connect(), ref);
      await reader.next();
      const waiting = reader.next();
      await aMoment();
      await reader.end();
      expect(await waiting).toBeUndefined();
      expect(await reader.next()).toBeUndefined();
    });

    it('ends before it began', async () => {
      const storage = await connect();
      const reader = new TrialReader(storage, ref);
      await reader.end();
      expect(await reader.next()).toBeUndefined();
      expect(await new TrialReader(storage, ref, { signal: AbortSignal.abort() }).next()).toBeUndefined();
    });

    it('ends with the signal while it reads', async () => {
      const abort = new AbortController();
      const reading = new TrialReader(await connect(), ref, { signal: abort.signal }).next();
      abort.abort();
      expect(await reading).toBeUndefined();
    });

    it('ends with the signal while it waits', async () => {
      const abort = new AbortController();
      const reader = new TrialReader(await connect(), ref, { signal: abort.signal });
      await reader.next();
      const waiting = reader.next();
      await aMoment();
      abort.abort();
      expect(await waiting).toBeUndefined();
    });

    it('ends with the signal while its reader is busy, and keeps what it had not told', async () => {
      const storage = await connect();
      const abort = new AbortController();
      const reader = new TrialReader(storage, ref, { signal: abort.signal });
      await reader.next();
      await storage.registerTrial(newTrial(1, 0));
      abort.abort();
      expect(await reader.next()).toBeUndefined();
    });

    it('fails when the storage is closed, whether it waits or its reader is busy', async () => {
      const storage = await connect();
      const [waits, busy] = [new TrialReader(storage, ref), new TrialReader(storage, ref)];
      await Promise.all([waits.next(), busy.next()]);
      const waiting = waits.next().catch((error: unknown) => error);
      await aMoment();
      await storage.close();
      expect(await waiting).toBeInstanceOf(StorageClosedError);
      await expect(busy.next()).rejects.toThrow(StorageClosedError);
      expect(await waits.next()).toBeUndefined();
    });

    it('goes on when another connection is closed', async () => {
      const storage = await connect();
      const other = await connect();
      const reader = new TrialReader(storage, ref);
      await new TrialReader(other, ref).next();
      await reader.next();
      await other.close();
      const trial = await storage.registerTrial(newTrial(1, 0));
      expect(await reader.next()).toEqual([{ kind: 'added', trial }]);
    });

    it('does not begin with a query, a signal or an experiment that makes no sense', async () => {
      const storage = await connect();
      expect(() => storage.watchTrials(ref, { where: { $where: 'true' } })).toThrow(InvalidQueryError);
      expect(() => storage.watchTrials(ref, as({ signal: 'stop' }))).toThrow(InvalidConfigurationError);
      expect(() => storage.watchTrials(ref, as({ signal: null }))).toThrow(InvalidConfigurationError);
      expect(() => storage.watchTrials(as({}))).toThrow(MissingArgumentsError);
    });
  });
}
