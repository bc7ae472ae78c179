export { type IdbOptions, openIdb } from './open-idb.js';
