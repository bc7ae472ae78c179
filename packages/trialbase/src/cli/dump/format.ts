import { CorruptStoreError, describe, UnsupportedVersionError } from '@trialbase/core';
import { type Collection, collections, type Document, decode, encode } from '@trialbase/core/adapter';

/** Grows by one with every change to the format that older versions would misread. */
const FORMAT = 1;

/** The order in which collections stand in a dump: what others refer to comes first. */
export const dumpOrder: readonly Collection[] = ['benchmarks', 'experiments', 'algo', 'trials'];

/** One line of a dump. The first is the header, the last the end, which tells whether the dump is whole. */
export type DumpLine =
  | { readonly trialbase: 'dump'; readonly format: number }
  | { readonly collection: Collection; readonly document: Document }
  | { readonly end: Readonly<Record<Collection, number>> };

export const header: DumpLine = { trialbase: 'dump', format: FORMAT };

/** A line of a dump: JSON, in which what JSON lacks is written as journals write it, such as `{"$date":0}`. */
export function dumpLine(line: DumpLine): string {
  return `${encode(line)}\n`;
}

/**
 * Reads the lines of a dump, and sees that it is whole.
 *
 * @throws CorruptStoreError if it is no dump, a line cannot be read, or the end is missing; names the line.
 * @throws UnsupportedVersionError if a newer version wrote it.
 */
export async function* readDump(
  lines: AsyncIterable<string>,
): AsyncGenerator<{ readonly collection: Collection; readonly document: Document; readonly number: number }> {
  const read: Record<string, number> = Object.fromEntries(collections.map((name) => [name, 0]));
  let number = 0;
  let end: unknown;
  for await (const text of lines) {
    number += 1;
    if (text === '') continue;
    if (end !== undefined) throw damaged(number, 'it stands behind the end of the dump');
    const line = fieldsOf(text, number);
    if (number === 1) checkHeader(line);
    else if (Object.hasOwn(line, 'end')) end = line['end'];
    else {
      const { collection, document } = documentOf(line, number);
      read[collection] = (read[collection] ?? 0) + 1;
      yield { collection, document, number };
    }
  }
  if (number === 0) throw damaged(1, 'the file is empty');
  if (end === undefined) throw damaged(number, 'the dump breaks off there: its last line is missing');
  const differing = collections.find(
    (name) => (end as Record<string, unknown> | null)?.[name] !== read[name],
  );
  if (differing) throw damaged(number, `the number of ${differing} is not that of the documents`);
}

function checkHeader(line: Readonly<Record<string, unknown>>): void {
  const { trialbase, format } = line;
  if (trialbase !== 'dump' || typeof format !== 'number')
    throw damaged(1, 'a dump begins with {"trialbase":"dump","format":1}');
  if (format <= FORMAT) return;
  throw new UnsupportedVersionError(
    `The dump has format ${format}, and this version reads up to ${FORMAT}: upgrade trialbase`,
  );
}

function documentOf(
  { collection, document }: Readonly<Record<string, unknown>>,
  number: number,
): { collection: Collection; document: Document } {
  if (!collections.includes(collection as Collection))
    throw damaged(number, `there is no collection ${describe(collection)}`);
  const id = isFields(document) ? document['_id'] : undefined;
  if (typeof id !== 'string' && typeof id !== 'number') throw damaged(number, 'its document has no _id');
  return { collection: collection as Collection, document: document as Document };
}

function fieldsOf(text: string, number: number): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = decode(text);
  } catch (cause) {
    throw damaged(number, 'it cannot be read', cause);
  }
  if (isFields(value)) return value;
  throw damaged(number, 'it is no JSON object');
}

function isFields(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]';
}

function damaged(number: number, why: string, cause?: unknown): CorruptStoreError {
  return new CorruptStoreError(
    `Line ${number} is none of a dump: ${why}; give a file that 'db dump' wrote to its end`,
    { cause },
  );
}
