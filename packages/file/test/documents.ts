import type { Document, InsertStep } from '@trialbase/core/adapter';

/** A step that inserts one trial for each id. */
export function insertTrials(ids: readonly string[], fields: object = {}): InsertStep {
  const documents = ids.map((_id): Document => ({ _id, id: _id, experiment: 1, status: 'new', ...fields }));
  return { kind: 'insert', collection: 'trials', documents, onDuplicate: 'refuse' };
}
