import { CorruptStoreError } from '@trialbase/core';
import type { Collection, Document, Fields } from '@trialbase/core/adapter';
import { PythonObject, type PythonValue } from '../pickle/python-values.js';
import { readPickle } from '../pickle/read-pickle.js';
import { plainValue } from './plain-value.js';
import { unflatten } from './unflatten.js';

/** The collections of Orion's database that are read, in the order in which they are loaded. */
const wanted: readonly Collection[] = ['benchmarks', 'experiments', 'algo', 'trials'];

/**
 * The documents of an `orion_db.pkl`, the database of Orion's PickledDB. Nothing that the pickle asks for is carried out. The states
 * of algorithms are pickles of Orion's own objects, and are left out: a search goes on from its trials.
 *
 * @throws PickleError if it is no pickle of a database, or asks for anything but data.
 */
export function* readOrion(
  bytes: Uint8Array,
): Generator<{ readonly collection: Collection; readonly document: Document; readonly number: number }> {
  const database = collectionsOf(readPickle(bytes));
  const budget = { left: 4 * bytes.length + 1_000 };
  for (const collection of wanted) {
    const documents = listOf(database.get(collection));
    for (const [number, each] of documents.entries()) {
      const fields = unflatten(plainValue(dataOf(each), budget) as Fields);
      yield { collection, document: toDocument(collection, fields, number), number: number + 1 };
    }
  }
}

function toDocument(collection: Collection, fields: Fields, number: number): Document {
  const document = { _id: number, ...fields } as Document;
  return collection === 'algo' ? { ...document, state: null, locked: 0 } : document;
}

function collectionsOf(database: PythonValue): Map<PythonValue, PythonValue> {
  const collections = stateOf(database, 'EphemeralDB')?.get('_db');
  if (collections instanceof Map) return collections;
  throw new CorruptStoreError(
    "The pickle holds no database of Orion: give the file of a PickledDB, which is called 'orion_db.pkl' unless it was named",
  );
}

/** The documents of a collection; none where there is no such collection. */
function listOf(collection: PythonValue | undefined): readonly PythonValue[] {
  const documents = stateOf(collection, 'EphemeralCollection')?.get('_documents');
  return Array.isArray(documents) ? documents : [];
}

function dataOf(document: PythonValue): PythonValue {
  const data = stateOf(document, 'EphemeralDocument')?.get('_data');
  if (data instanceof Map) return data;
  throw new CorruptStoreError('A document of the pickle holds no data');
}

function stateOf(value: PythonValue | undefined, name: string): Map<PythonValue, PythonValue> | undefined {
  if (!(value instanceof PythonObject) || !value.className.endsWith(` ${name}`)) return undefined;
  return value.state instanceof Map ? value.state : undefined;
}
