import { InvalidConfigurationError, type StorageConfig } from '@trialbase/core';
import type { Command } from 'commander';
import { weightOf } from './sources.js';

interface StoreOptions {
  readonly store: string;
  readonly type?: string;
  readonly path?: string;
  readonly durability?: string;
  readonly exclusive?: boolean;
  readonly heartbeat?: number;
  readonly lostAfter?: number;
}

/**
 * The store that a command is to open. `--store file:PATH` and `--type`, `--path` say the same; where both do, the one
 * with the stronger source holds.
 */
export function storeConfig(
  command: Command,
): StorageConfig & { readonly type: string; readonly path?: string } {
  const { store, type, path, ...common } = command.opts<StoreOptions>();
  const weightOfParts = Math.max(weightOf(command, 'type'), weightOf(command, 'path'));
  const isInParts = weightOfParts > 0 && weightOfParts >= weightOf(command, 'store');
  const place = isInParts ? { type: type ?? 'file', ...(path !== undefined && { path }) } : parseStore(store);
  const { durability, exclusive, heartbeat, lostAfter } = common;
  const options = { durability, exclusive, heartbeat, lostAfter };
  return {
    ...place,
    ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
  };
}

/** `file:PATH`, or a path alone. One letter before the colon is a drive of Windows. */
function parseStore(text: string): { type: string; path?: string } {
  const [, type = 'file', rest = text] = /^([A-Za-z]{2,}):(.*)$/s.exec(text) ?? [];
  if (rest !== '') return { type, path: rest };
  if (type.toLowerCase() !== 'file') return { type };
  throw new InvalidConfigurationError(`The store '${text}' has no path: write file:PATH`);
}
