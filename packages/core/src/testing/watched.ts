import { expect } from 'vitest';
import type { StorageProtocol } from '../storage-protocol.js';
import type { StorageConnector } from './connectors.js';

/** The same storages, each of whose calls fails where it has changed one of its arguments. */
export function watchingArguments(connector: StorageConnector): StorageConnector {
  return {
    async create() {
      const site = await connector.create();
      return {
        connect: async (options) => watchCalls(await site.connect(options)),
        remove: () => site.remove(),
      };
    },
  };
}

function watchCalls(watched: StorageProtocol): StorageProtocol {
  return new Proxy(watched, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...args: unknown[]): unknown => {
        const data = args.filter(isData);
        const before = structuredClone(data);
        const check = (): void => expect(data, `${String(name)} changed its arguments`).toEqual(before);
        const result: unknown = Reflect.apply(method, target, args);
        if (result instanceof Promise) return result.finally(check);
        check();
        return result;
      };
    },
  });
}

/** Callbacks and signals are no data; what cannot be stored is not cloned either, nor what no store takes as it is too deep. */
function isData(value: unknown): boolean {
  if (typeof value === 'object' && value !== null && 'signal' in value) return false;
  try {
    structuredClone(value);
    return isWithin(DEEPEST, value);
  } catch {
    return false;
  }
}

/** Comparing what is nested in more levels than this takes more of a stack than some engines have. */
const DEEPEST = 500;

function isWithin(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return true;
  return levels > 0 && Object.values(value).every((inner) => isWithin(levels - 1, inner));
}
