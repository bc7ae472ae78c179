/**
 * The store in a directory: a journal that processes share.
 *
 * @module @trialbase/file
 */

export { type Inspected, inspect } from './inspect.js';
export { type FileOptions, openFile } from './open-file.js';
export { type Salvaged, salvage } from './salvage.js';
