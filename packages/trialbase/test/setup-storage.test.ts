import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StorageConfig, setupStorage } from 'trialbase';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let directory: string;
const cwd = process.cwd();

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'trialbase-'));
  process.chdir(directory);
});

afterEach(() => {
  process.chdir(cwd);
  rmSync(directory, { recursive: true });
});

/** Whether what one storage writes is there for another that is opened later. */
async function lasts(config?: StorageConfig): Promise<boolean> {
  const first = await setupStorage(config);
  await first.createExperiment({ name: 'digits' });
  await first.close();
  await using second = await setupStorage(config);
  return (await second.fetchExperiments({ name: 'digits' })).length === 1;
}

describe('setupStorage', () => {
  it.each([
    ['nothing', undefined],
    ['an empty configuration', {}],
    ['the type alone', { type: 'file' }],
    ['the type in capitals', { type: 'FILE' }],
    ["Orion's name for it", { type: 'legacy', database: { type: 'PickledDB' } }],
  ])('given %s keeps the store in .trialbase, in the current directory', async (_, config) => {
    expect(await lasts(config)).toBe(true);
    expect(existsSync(join(directory, '.trialbase'))).toBe(true);
  });

  it.each([
    ['a path', { path: 'searches' }],
    ['a type and a path', { type: 'file', path: 'searches', durability: 'strict' }],
    ["Orion's host", { type: 'legacy', database: { type: 'pickleddb', host: 'searches' } }],
  ])('given %s keeps the store there', async (_, config) => {
    expect(await lasts(config)).toBe(true);
    expect(existsSync(join(directory, 'searches'))).toBe(true);
    expect(existsSync(join(directory, '.trialbase'))).toBe(false);
  });

  it.each([
    ['memory', { type: 'memory' }],
    ["Orion's name for memory", { type: 'legacy', database: { type: 'EphemeralDB' } }],
  ])('given %s keeps nothing', async (_, config) => {
    expect(await lasts(config)).toBe(false);
    expect(existsSync(join(directory, '.trialbase'))).toBe(false);
  });

  it('keeps nothing when debugging, whatever the configuration says', async () => {
    await using storage = await setupStorage({ type: 'file', path: 'searches' }, { debug: true });
    await storage.createExperiment({ name: 'digits' });
    expect(existsSync(join(directory, 'searches'))).toBe(false);
  });

  it('names the types there are, and the options of one, when asked for another', async () => {
    await expect(setupStorage({ type: 'cloud' })).rejects.toThrow('use one of "file", "memory"');
    await expect(setupStorage({ type: 'file', colour: 'red' })).rejects.toThrow(
      '"path", "create", "durability"',
    );
  });

  it('leaves the configuration as it was', async () => {
    const config = Object.freeze({
      type: 'legacy',
      database: Object.freeze({ type: 'PickledDB', host: 'searches' }),
    });
    expect(await lasts(config)).toBe(true);
  });
});
