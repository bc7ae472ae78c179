import { type StorageConfig, type StorageProtocol, setupStorage as setup } from '@trialbase/core';
import { registry } from './registry.js';

/**
 * Opens a storage. Without a configuration, or without a `type` in it, it is a directory: `.trialbase` in the current
 * one, or the `path` that is given. `{ debug: true }` opens one in memory instead, whatever the configuration says.
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
