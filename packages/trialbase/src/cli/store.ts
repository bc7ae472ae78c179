import { DocumentStorage, InvalidConfigurationError, type StorageProtocol } from '@trialbase/core';
import type { OpenDatabase } from '@trialbase/core/adapter';
import type { Command } from 'commander';
import { registry } from '../registry.node.js';
import { storeConfig } from './configuration/store-config.js';

/** An open store: the protocol, and the documents below it. */
export interface Store {
  readonly storage: StorageProtocol;
  readonly database: OpenDatabase;
  /** Where it is, for messages. */
  readonly place: string;
}

/** Whether a command may make a store where there is none. */
export type Intent = 'use' | 'create';

/**
 * Opens the store of a command, and closes it when `work` is done.
 *
 * @param intent `use`: a store that does not exist is an error. Only what writes first may `create` one.
 */
export async function withStore<T>(
  command: Command,
  intent: Intent,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const { type, ...config } = storeConfig(command);
  if (type.toLowerCase() === 'memory')
    throw new InvalidConfigurationError(
      "A store of type 'memory' ends with the command: choose one that lasts, file:PATH",
    );
  const { database, options } = await registry.open(type, { ...config, create: intent === 'create' });
  try {
    const place = `${type}:${config.path ?? '.trialbase'}`;
    return await work({ database, storage: new DocumentStorage(database, options), place });
  } finally {
    await database.close();
  }
}
