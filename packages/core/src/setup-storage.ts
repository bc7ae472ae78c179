import { describe, InvalidConfigurationError } from './errors.js';
import { checkOptions } from './option-checks.js';
import { memoryRegistry, type Options, type StorageRegistry } from './registry.js';
import type { StorageProtocol } from './storage-protocol.js';

/**
 * Which storage to open: `{ type: 'file', path: 'searches' }`, with the options of that type and those of every storage
 * (`heartbeat`, `lostAfter`). Orion's own form, `{ type: 'legacy', database: { type: 'PickledDB', host: 'searches' } }`,
 * means the same. What is left out has its default.
 */
export interface StorageConfig {
  /** The name of a type, in any case; `legacy`, or none, where `database` names it. Default: that of the platform. */
  readonly type?: string | null;
  readonly database?: { readonly type?: string | null; readonly [option: string]: unknown };
  readonly [option: string]: unknown;
}

/** What {@link setupStorage} chooses from. */
export interface SetupStorageOptions {
  /** Opens a storage in memory, whatever the configuration says. Default: false. */
  readonly debug?: boolean;
  /** The types that can be opened. Default: memory. The package `trialbase` brings those of the platform. */
  readonly registry?: StorageRegistry;
}

/**
 * Opens a storage. The configuration is never changed.
 *
 * @throws InvalidConfigurationError for an unknown type or option.
 */
export async function setupStorage(
  config: StorageConfig = {},
  options: SetupStorageOptions = {},
): Promise<StorageProtocol> {
  const { registry = memoryRegistry, debug } = checkOptions('setupStorage', options, ['debug', 'registry']);
  if (debug) return memoryRegistry.create('memory');
  const { type, ...rest } = flatten(config ?? {});
  return registry.create(type ?? registry.defaultType, rest);
}

/** Brings the two forms of a configuration into one: the type with its options. */
function flatten(config: StorageConfig): { type?: string | null } & Options {
  if (typeof config !== 'object' || Array.isArray(config)) {
    throw new InvalidConfigurationError(`A storage configuration must be an object, not ${describe(config)}`);
  }
  const { database, ...outer } = config;
  const isLegacy = typeof outer.type === 'string' && outer.type.toLowerCase() === 'legacy';
  if (database === undefined && !isLegacy) return outer;
  if (outer.type != null && !isLegacy) {
    throw new InvalidConfigurationError(
      `'database' goes with the type 'legacy' only, not with ${describe(outer.type)}: put its options beside the type`,
    );
  }
  // Orion's `setup` decides whether indexes are made. Here they always are.
  const { type: _legacy, setup: _setup, ...common } = outer;
  return { ...common, ...database };
}
