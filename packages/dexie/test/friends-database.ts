import { trialbaseTables } from '@trialbase/dexie';
import { Dexie } from 'dexie';

export const PREFIX = 'trialbase_';

/** The database of an application that keeps friends, and searches. */
export function friendsDatabase(name: string, options: ConstructorParameters<typeof Dexie>[1] = {}): Dexie {
  const database = new Dexie(name, options);
  database.version(3).stores({ friends: '++id, name', ...trialbaseTables({ prefix: PREFIX }) });
  return database;
}
