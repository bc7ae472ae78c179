import { openMemory, StorageRegistry } from '@trialbase/core';
import { openFile } from '@trialbase/file';

/** Where a search is kept when nobody says where: a directory in the current one. */
const DEFAULT_PATH = '.trialbase';

/** The stores that can be opened by name in Node. Orion's names for their counterparts mean the same. */
export const registry: StorageRegistry = new StorageRegistry('file', {
  file: {
    aliases: ['pickleddb'],
    options: ['path', 'create', 'durability', 'exclusive', 'staleAfter', 'growth'],
    host: 'path',
    open: (options) => openFile({ path: DEFAULT_PATH, ...options }),
  },
  memory: { aliases: ['ephemeraldb'], options: [], open: () => openMemory() },
});
