import { registry, type StorageConfig, setupStorage } from 'trialbase';
import { afterEach, describe, expect, it } from 'vitest';

/** The databases that a test made. */
const made = ['trialbase', 'searches'];

afterEach(async () => {
  await Promise.all(made.map(remove));
});

async function remove(name: string): Promise<void> {
  await new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.addEventListener('success', resolve);
    request.addEventListener('error', () => reject(request.error));
  });
}

async function exists(name: string): Promise<boolean> {
  return (await indexedDB.databases()).some((database) => database.name === name);
}

/** Whether what one storage writes is there for another that is opened later. */
async function lasts(config?: StorageConfig): Promise<boolean> {
  const first = await setupStorage(config);
  await first.createExperiment({ name: 'digits' });
  await first.close();
  const second = await setupStorage(config);
  const found = await second.fetchExperiments({ name: 'digits' });
  await second.close();
  return found.length === 1;
}

describe('setupStorage in a browser', () => {
  it.each([
    ['nothing', undefined],
    ['an empty configuration', {}],
    ['the type alone', { type: 'idb' }],
    ['the type in capitals', { type: 'IndexedDB' }],
    ['Dexie', { type: 'dexie' }],
  ])('given %s keeps the store in the database trialbase', async (_, config) => {
    expect(await lasts(config)).toBe(true);
    expect(await exists('trialbase')).toBe(true);
  });

  it.each([
    ['a name', { name: 'searches' }],
    ['a type and a name', { type: 'idb', name: 'searches', durability: 'strict' }],
    ["Orion's host", { type: 'legacy', database: { type: 'idb', host: 'searches' } }],
  ])('given %s keeps the store there', async (_, config) => {
    expect(await lasts(config)).toBe(true);
    expect(await exists('searches')).toBe(true);
    expect(await exists('trialbase')).toBe(false);
  });

  it.each([
    ['memory', { type: 'memory' }],
    ["Orion's name for memory", { type: 'legacy', database: { type: 'EphemeralDB' } }],
  ])('given %s keeps nothing', async (_, config) => {
    expect(await lasts(config)).toBe(false);
    expect(await exists('trialbase')).toBe(false);
  });

  it('names the types there are, and the options of one, when asked for another', async () => {
    expect(registry.types).toEqual(['idb', 'dexie', 'memory']);
    await expect(setupStorage({ type: 'file' })).rejects.toThrow('use one of "idb", "dexie", "memory"');
    await expect(setupStorage({ type: 'idb', path: 'searches' })).rejects.toThrow('"name", "durability"');
  });
});
