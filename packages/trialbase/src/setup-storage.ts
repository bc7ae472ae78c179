import { type StorageConfig, type StorageProtocol, setupStorage as setup } from '@trialbase/core';
import { registry } from '#registry';

/**
 * Opens a storage. Without a configuration, or without a `type` in it, it is that of the platform: in a browser the
 * database `trialbase` of IndexedDB, or the `name` that is given; in Node the directory `.trialbase` in the current one,
 * or the `path` that is given. `{ debug: true }` opens one in memory instead, whatever the configuration says.
 *
 * @throws InvalidConfigurationError for an unknown type or option.
 * @throws StorageUnavailableError if the store cannot be opened.
 */
export function setupStorage(
  config?: StorageConfig,
  options: { readonly debug?: boolean } = {},
): Promise<StorageProtocol> {
  return setup(config, { ...options, registry });
}
