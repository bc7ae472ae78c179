export { type DexieOptions, openDexie } from './open-dexie.js';
export { type TablesOptions, trialbaseTables } from './trialbase-tables.js';
