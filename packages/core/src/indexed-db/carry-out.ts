import { applyChanges } from '../changes.js';
import type {
  InsertStep,
  Outcome,
  Outcomes,
  RemoveStep,
  Step,
  Touched,
  Update,
  UpdateStep,
} from '../database.js';
import type { Document, Id } from '../document.js';
import { DuplicateKeyError } from '../errors.js';
import { keyOf } from '../keys.js';
import { everything } from '../query/condition.js';
import { type Collection, type KeyFields, schema } from '../schema.js';
import { snapshot } from '../values/values.js';
import { TouchedDocuments } from '../watching/touched-documents.js';
import { CountChanges, countedKeys, mayChangeCounts } from './counts.js';
import type { DocumentTransaction } from './document-transaction.js';
import { type Route, routeTo, select } from './query.js';

const ID: KeyFields = ['_id'];

/** What a write came to. */
export interface CarriedOut<S extends readonly Step[]> {
  readonly outcomes: Outcomes<S>;
  readonly touched: readonly Touched[];
}

/**
 * Carries out the steps of a write in a transaction, in order. Where it throws, the transaction has to be aborted.
 *
 * @throws DuplicateKeyError, InvalidDocumentError as `Database.write` does.
 */
export async function carryOut<const S extends readonly Step[]>(
  transaction: DocumentTransaction,
  steps: S,
): Promise<CarriedOut<S>> {
  const outcomes: Outcome[] = [];
  const touched = new TouchedDocuments();
  const counts = new CountChanges(transaction);
  for (const step of steps) {
    const { outcome, ids } = await take(transaction, step, counts);
    outcomes.push(outcome);
    touched.add(step.collection, ids);
  }
  if (counts.areChanged) await counts.store();
  return { outcomes: outcomes as Outcomes<S>, touched: touched.list() };
}

interface Taken {
  readonly outcome: Outcome;
  /** The `_id`s of the documents that are others now. */
  readonly ids: readonly Id[];
}

function take(transaction: DocumentTransaction, step: Step, counts: CountChanges): Promise<Taken> {
  if (step.kind === 'insert') return insert(transaction, step, counts);
  return step.kind === 'update' ? update(transaction, step, counts) : remove(transaction, step, counts);
}

async function insert(
  transaction: DocumentTransaction,
  { collection, documents, onDuplicate }: InsertStep,
  counts: CountChanges,
): Promise<Taken> {
  const adding = transaction.add(collection, documents);
  for (const document of documents) counts.add(collection, document, 1);
  const refused = await adding;
  const first = refused[0];
  if (first !== undefined && onDuplicate === 'refuse') {
    const keys = [ID, ...schema[collection].unique];
    throw await duplicate(transaction, collection, documents[first] as Document, keys);
  }
  for (const position of refused) counts.add(collection, documents[position] as Document, -1);
  const left = new Set(refused);
  const inserted = left.size > 0 ? documents.filter((_, i) => !left.has(i)) : [...documents];
  return { outcome: inserted, ids: inserted.map(({ _id }) => _id) };
}

async function update(
  transaction: DocumentTransaction,
  step: UpdateStep,
  counts: CountChanges,
): Promise<Taken> {
  const route = routeTo(step.collection, step.where);
  const choosing = choose(transaction, step, route);
  if (mayChangeCounts(step)) counts.expect(route);
  const [documents, { changes }] = await choosing;
  if (changes.length === 0) return { outcome: outcomeOf(step, documents), ids: [] };
  const changed = documents.map((document) => applyChanges(document, changes));
  const { unique } = schema[step.collection];
  const keysStand = !unique.flat().some((field) => changes.some(({ path }) => path[0] === field));
  const putting = transaction.put(step.collection, changed, { keysStand });
  documents.forEach((before, i) => counts.move(step.collection, before, changed[i] as Document));
  const [refused] = await putting;
  if (refused !== undefined) {
    throw await duplicate(transaction, step.collection, changed[refused] as Document, unique);
  }
  return { outcome: outcomeOf(step, changed), ids: changed.map(({ _id }) => _id) };
}

/** The documents to change, and what is to become of them. Both are asked for at once, which spares a wait. */
async function choose(
  transaction: DocumentTransaction,
  { limit, otherwise, ...first }: UpdateStep,
  route: Route,
): Promise<[Document[], Update]> {
  const meeting = select(transaction, route, limit);
  if (!otherwise) return [await meeting, first];
  const [found, instead] = await Promise.all([
    meeting,
    select(transaction, routeTo(route.collection, otherwise.where), limit),
  ]);
  return found.length > 0 ? [found, first] : [instead, otherwise];
}

/** Several documents share the values that they were changed to: what is handed out must not. */
function outcomeOf({ returns }: UpdateStep, documents: Document[]): Outcome {
  if (returns === 'count') return documents.length;
  return documents.length > 1 ? documents.map(snapshot) : documents;
}

async function remove(
  transaction: DocumentTransaction,
  { collection, where }: RemoveStep,
  counts: CountChanges,
): Promise<Taken> {
  const ids = await countOut(transaction, routeTo(collection, where), counts);
  await transaction.remove(collection, ids);
  return { outcome: ids.length, ids };
}

/** The `_id`s of the documents that a route leads to, which are counted no more. They are read only to see what they count for. */
async function countOut(
  transaction: DocumentTransaction,
  route: Route,
  counts: CountChanges,
): Promise<readonly Id[]> {
  const { collection, access } = route;
  const keys = countedKeys(route);
  if (access && keys) {
    const [ids] = await Promise.all([
      transaction.ids(collection, access),
      ...keys.map((key) => counts.clear(collection, key)),
    ]);
    return ids.flat();
  }
  const documents = await select(transaction, route);
  for (const document of documents) counts.add(collection, document, -1);
  return documents.map(({ _id }) => _id);
}

/** Says which key of a document that was refused another one has. */
async function duplicate(
  transaction: DocumentTransaction,
  collection: Collection,
  document: Document,
  keys: readonly KeyFields[],
): Promise<DuplicateKeyError> {
  let taken: KeyFields = [];
  for (const fields of keys) {
    taken = fields;
    const access = { fields, unique: true, keys: [keyOf(document, fields)], rest: everything };
    const [[holder] = []] = await transaction.read(collection, access, 1);
    if (holder && (fields === ID || holder._id !== document._id)) break;
  }
  return new DuplicateKeyError(
    collection,
    taken,
    taken.map((field) => document[field] ?? null),
  );
}
