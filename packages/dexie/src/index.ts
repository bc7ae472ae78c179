export { type DexieOptions, openDexie, type SharedDexieOptions } from './open-dexie.js';
export { type TablesOptions, trialbaseTables } from './trialbase-tables.js';
