import { DocumentStorage, type StorageProtocol } from '@trialbase/core';
import { openDexie } from '@trialbase/dexie';
import { openIdb } from '@trialbase/idb';
import { withFault } from '../../../src/workload/planted-fault.js';
import type { Setting } from '../messages.js';

/** Of the database in which all meet. */
export const DATABASE = 'chaos';

/** Makes a storage of an open database, with a maker of ids if it is given one. */
export type Connect = (createId?: () => string) => StorageProtocol;

export async function openStorage(setting: Setting): Promise<Connect> {
  const { library, openTimeout, callTimeout, lostAfter, lease, fault } = setting;
  const open = { idb: openIdb, dexie: openDexie }[library];
  const sound = await open({ name: DATABASE, openTimeout, callTimeout });
  const database = fault ? withFault(sound, fault) : sound;
  return (createId) => new DocumentStorage(database, { lostAfter, lease, ...(createId && { createId }) });
}
