import { afterEach, describe, expect, it } from 'vitest';
import { requestPersistence, storageReport } from '../src/index.js';

/** What the platform has of a StorageManager: WebKitGTK has no estimate, Node nothing at all. */
const manager: Partial<StorageManager> | undefined = globalThis.navigator?.storage;

describe('the report on room', () => {
  const { navigator } = globalThis;

  function setNavigator(value: unknown): void {
    Object.defineProperty(globalThis, 'navigator', { value, configurable: true });
  }

  afterEach(() => setNavigator(navigator));

  it('tells what the platform knows', async () => {
    const { usage, quota, persisted } = await storageReport();
    expect([typeof usage, typeof quota]).toEqual(
      manager?.estimate ? ['number', 'number'] : ['undefined', 'undefined'],
    );
    expect(quota ?? 1).toBeGreaterThan(usage ?? 0);
    expect(persisted).toBe(manager?.persisted ? false : undefined);
  });

  // Firefox asks the user, who is not here: the answers are those that browsers give.
  it.each([true, false])(
    'says %s where the browser answers so to the wish to keep the data',
    async (answer) => {
      setNavigator({ storage: { persist: async () => answer, persisted: async () => answer } });
      expect(await requestPersistence()).toBe(answer);
      expect(await storageReport()).toEqual({ usage: undefined, quota: undefined, persisted: answer });
    },
  );

  it('is empty, and asking in vain, where a page was not loaded securely', async () => {
    setNavigator({});
    expect(await storageReport()).toEqual({ usage: undefined, quota: undefined, persisted: undefined });
    expect(await requestPersistence()).toBe(false);
  });
});
