/**
 * The store in IndexedDB, shared by the tabs and workers of an origin.
 *
 * @module @trialbase/idb
 */

export { type IdbOptions, openIdb } from './open-idb.js';
