import { parseChanges } from './changes.js';
import type { Change, Document, Fields, Id } from './document.js';
import { describe, InvalidDocumentError } from './errors.js';
import { checkKeyChanges, checkKeyFields, idFault } from './keys.js';
import type { Collection } from './schema.js';
import { checkTrialChanges } from './trials/validate-trial.js';
import { storable } from './values/values.js';

/** A caller's document, checked and copied, with its own `_id` or a new one. */
export function newDocument(collection: Collection, config: Fields, createId: () => string): Document {
  if (typeof config !== 'object' || config === null || Array.isArray(config)) {
    throw new InvalidDocumentError(
      `A document of '${collection}' must be an object, not ${describe(config)}`,
    );
  }
  const fields = storable(config, collection) as Fields;
  checkKeyFields(collection, fields);
  return { ...fields, _id: checkId(fields['_id'] ?? createId(), collection) };
}

/** A caller's changes, checked and copied. */
export function toChanges(collection: Collection, changes: Fields): Change[] {
  const parsed = parseChanges(changes).map(({ path, value }) => ({
    path,
    value: storable(value, [collection, ...path].join('.')),
  }));
  checkKeyChanges(collection, parsed);
  if (collection === 'trials') checkTrialChanges(parsed);
  return parsed;
}

/** Changes of the storage's own making. */
export function setting(fields: Fields): Change[] {
  return Object.entries(fields).map(([field, value]) => ({ path: [field], value }));
}

function checkId(id: unknown, collection: Collection): Id {
  const fault = idFault(id);
  if (fault) throw new InvalidDocumentError(`The _id of a document of '${collection}'${fault}`);
  return id as Id;
}
