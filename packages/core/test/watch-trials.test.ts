import { describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../src/adapter.js';
import { DocumentStorage, openMemory } from '../src/index.js';
import { TrialReader } from '../src/testing/storage/trial-reader.js';
import { newTrial } from '../src/testing/storage/trials.js';

const ref = { uid: 1 };

/** A database in memory that counts how often it is read, how many documents that gave, and who watches. */
class CountedMemory {
  reads = 0;
  documents = 0;
  watches = 0;
  /** What happens between the next read and its answer. */
  meanwhile: () => Promise<unknown> = async () => undefined;

  async open(): Promise<OpenDatabase> {
    const memory = await openMemory();
    return {
      locks: memory.locks,
      count: memory.count.bind(memory),
      write: memory.write.bind(memory),
      close: memory.close.bind(memory),
      find: async (...args) => {
        const found = await memory.find(...args);
        this.reads += 1;
        this.documents += found.length;
        const { meanwhile } = this;
        this.meanwhile = async () => undefined;
        await meanwhile();
        return found;
      },
      watch: (listener) => {
        const end = memory.watch(listener);
        this.watches += 1;
        return () => {
          this.watches -= 1;
          end();
        };
      },
    };
  }
}

describe('watching the trials of an experiment', () => {
  it('with 10,000 of them reads them once, and then what was touched alone', async () => {
    const counted = new CountedMemory();
    const storage = new DocumentStorage(await counted.open());
    await storage.registerTrials(Array.from({ length: 10_000 }, (_, i) => newTrial(1, i)));
    const reader = new TrialReader(storage, ref, { where: { _id: { $exists: true } } });
    expect(await reader.next()).toHaveLength(10_000);
    expect(counted).toMatchObject({ reads: 1, documents: 10_000 });
    for (let i = 0; i < 3; i++) await storage.reserveTrial(ref);
    expect(await reader.next()).toHaveLength(3);
    expect(counted).toMatchObject({ reads: 2, documents: 10_003 });
    await storage.createExperiment({ name: 'e' });
    await storage.registerTrial(newTrial(1, -1));
    expect(await reader.next()).toHaveLength(1);
    expect(counted).toMatchObject({ reads: 3, documents: 10_004 });
  });

  it('misses nothing that is written while it reads', async () => {
    const counted = new CountedMemory();
    const storage = new DocumentStorage(await counted.open());
    const register = (value: number) => async (): Promise<unknown> =>
      storage.registerTrial(newTrial(1, value));
    const reader = new TrialReader(storage, ref);
    counted.meanwhile = register(1);
    expect(await reader.next()).toEqual([]);
    counted.meanwhile = register(2);
    expect(await reader.next()).toMatchObject([{ kind: 'added', trial: newTrial(1, 1) }]);
    expect(await reader.next()).toMatchObject([{ kind: 'added', trial: newTrial(1, 2) }]);
  });

  it('watches from the first batch asked for until its loop is left', async () => {
    const counted = new CountedMemory();
    const storage = new DocumentStorage(await counted.open());
    const watching = storage.watchTrials(ref);
    expect(counted.watches).toBe(0);
    for await (const _changes of watching) {
      expect(counted.watches).toBe(1);
      break;
    }
    expect(counted.watches).toBe(0);
  });

  it('watches no longer when its reader throws, ends it while it waits, or aborts it and asks no more', async () => {
    const counted = new CountedMemory();
    const storage = new DocumentStorage(await counted.open());
    const failing = async (): Promise<void> => {
      for await (const changes of storage.watchTrials(ref)) throw new Error(`${changes.length} are too few`);
    };
    await expect(failing()).rejects.toThrow('0 are too few');
    expect(counted.watches).toBe(0);

    const waits = new TrialReader(storage, ref);
    await waits.next();
    const waiting = waits.next();
    await waits.end();
    await waiting;
    expect(counted.watches).toBe(0);

    const abort = new AbortController();
    await new TrialReader(storage, ref, { signal: abort.signal }).next();
    expect(counted.watches).toBe(1);
    abort.abort();
    expect(counted.watches).toBe(0);
  });

  it('watches no longer when reading fails', async () => {
    const counted = new CountedMemory();
    const storage = new DocumentStorage(await counted.open());
    const reader = new TrialReader(storage, ref);
    await reader.next();
    await storage.close();
    await expect(reader.next()).rejects.toThrow('closed');
    expect(counted.watches).toBe(0);
  });

  it('reads nothing where the signal is aborted already', async () => {
    const counted = new CountedMemory();
    const storage = new DocumentStorage(await counted.open());
    const reader = new TrialReader(storage, ref, { signal: AbortSignal.abort() });
    expect(await reader.next()).toBeUndefined();
    expect(counted.reads).toBe(0);
  });
});
