/**
 * The store in IndexedDB through Dexie, also in an application’s own database.
 *
 * @module @trialbase/dexie
 */

export { type DexieOptions, openDexie, type SharedDexieOptions } from './open-dexie.js';
export { type TablesOptions, trialbaseTables } from './trialbase-tables.js';
