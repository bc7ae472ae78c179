import { describe, expect, it } from 'vitest';
import {
  DocumentStorage,
  InvalidConfigurationError,
  memoryRegistry,
  openMemory,
  type StorageConfig,
  StorageRegistry,
  setupStorage,
} from '../src/index.js';

describe('setupStorage', () => {
  const known: readonly (StorageConfig | undefined)[] = [
    undefined,
    {},
    { type: 'memory' },
    { type: 'MEMORY' },
    { type: 'EphemeralDB' },
    { type: null },
    { database: { type: 'EphemeralDB' } },
    { database: {} },
    { type: 'legacy', database: { type: 'ephemeraldb' } },
    { type: 'LEGACY', database: { type: 'memory' }, setup: false },
    { type: 'memory', heartbeat: 1_000, lostAfter: 5_000 },
    { database: { type: 'memory' }, lostAfter: 5_000 },
  ];

  it.each(known)('opens %j', async (config) => {
    const storage = await setupStorage(config);
    expect(storage).toBeInstanceOf(DocumentStorage);
    await storage.close();
  });

  const wrong: readonly (readonly [config: unknown, message: RegExp])[] = [
    [{ type: 'idontexist' }, /"idontexist" here: use one of "memory"/],
    [{ database: { type: 'idontexist' } }, /"idontexist" here: use one of "memory"/],
    [{ type: 'memory', path: 'x' }, /no option "path": it takes "heartbeat", "lostAfter"/],
    [{ type: 'legacy', database: { type: 'memory' }, unknown: 1 }, /no option "unknown"/],
    [{ type: 'memory', database: { type: 'memory' } }, /'database' goes with the type 'legacy' only/],
    [{ type: 'memory', heartbeat: 0 }, /'heartbeat' must be a number of milliseconds above 0, not 0/],
    [{ type: 'memory', lostAfter: '1' }, /'lostAfter' must be a number of milliseconds above 0, not "1"/],
    [{ type: 'memory', lease: -1 }, /'lease' must be a number of milliseconds above 0, not -1/],
    [{ type: 'memory', clock: 1 }, /'clock' must be a function, not 1/],
    [{ type: 1 }, /no storage of type 1/],
    ['memory', /must be an object, not "memory"/],
    [[], /must be an object, not \[\]/],
  ];

  it.each(wrong)('refuses %j', async (config, message) => {
    const opening = setupStorage(config as StorageConfig);
    await expect(opening).rejects.toThrow(InvalidConfigurationError);
    await expect(opening).rejects.toThrow(message);
  });

  it('opens memory to debug, whatever the configuration', async () => {
    await expect(setupStorage({ type: 'idontexist' }, { debug: true })).resolves.toBeInstanceOf(
      DocumentStorage,
    );
  });

  it('never changes the configuration', async () => {
    const config = Object.freeze({ type: 'legacy', database: Object.freeze({ type: 'EphemeralDB' }) });
    await setupStorage(config);
    expect(config).toEqual({ type: 'legacy', database: { type: 'EphemeralDB' } });
  });
});

describe('a registry', () => {
  it('opens types of one’s own, and hands Orion’s `host` on under the name that they have for it', async () => {
    const opened: unknown[] = [];
    const registry = new StorageRegistry('mine', {
      mine: {
        aliases: ['its'],
        options: ['place'],
        host: 'place',
        open(options) {
          opened.push(options);
          return openMemory();
        },
      },
    });
    await setupStorage({ database: { type: 'Its', host: 'here' } }, { registry });
    await setupStorage({ place: 'there', heartbeat: 10 }, { registry });
    expect(opened).toEqual([{ place: 'here' }, { place: 'there' }]);
    expect(registry.types).toEqual(['mine']);
  });

  it('finds a type by its name in any case, however that was given', async () => {
    const type = { aliases: ['MyDB'], options: [], open: () => openMemory() };
    const registry = new StorageRegistry('Mine', { Mine: type });
    for (const name of ['Mine', 'mine', 'mydb', 'MYDB'])
      await expect(registry.create(name)).resolves.toBeInstanceOf(DocumentStorage);
  });

  it('opens nothing where an option of the storage is wrong', async () => {
    let opened = 0;
    const open = () => {
      opened += 1;
      return openMemory();
    };
    const registry = new StorageRegistry('mine', { mine: { options: [], open } });
    await expect(registry.create('mine', { lostAfter: -1 })).rejects.toThrow(InvalidConfigurationError);
    expect(opened).toBe(0);
  });

  it('without options takes the defaults', async () => {
    await expect(memoryRegistry.create('memory')).resolves.toBeInstanceOf(DocumentStorage);
  });
});
