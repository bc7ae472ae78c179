import { lines } from './lines.js';
import type { Difference } from './replay.js';
import { areSame } from './same.js';
import type { Fields } from './trace.js';

/** What a list of documents is by a line of the design, given what Orion made of it. */
type Translation = (documents: readonly Fields[], difference: Difference) => readonly Fields[];

const translations: readonly (readonly [line: string, Translation])[] = [
  [lines.absent, withoutAbsent],
  [lines.mongo, withoutExcluded],
  [lines.order, inOrderOfIds],
];

/** The lines by which Orion's documents become those found here; none where they do not. */
export function linesBetween(difference: Difference): readonly string[] {
  const { orion, here } = difference;
  if (!Array.isArray(orion.result) || !Array.isArray(here.result)) return [];
  let documents: readonly Fields[] = orion.result;
  const used: string[] = [];
  for (const [line, translate] of translations) {
    const translated = translate(documents, difference);
    if (!areSame(translated, documents)) used.push(line);
    documents = translated;
  }
  return areSame(documents, here.result) ? used : [];
}

/** Orion puts null where a selected field is absent. */
function withoutAbsent(documents: readonly Fields[], { step, returned }: Difference): readonly Fields[] {
  const selection = step.args['selection'] as Fields | undefined;
  if (!selection) return documents;
  const present = returned as readonly Fields[];
  return documents.map((document) =>
    only(
      document,
      (field, value) =>
        value !== null ||
        !(field in selection) ||
        present.some((found) => field in found && found[field] === null),
    ),
  );
}

/** Orion leaves nothing out unless it is at the top and there is another field. */
function withoutExcluded(documents: readonly Fields[], { step }: Difference): readonly Fields[] {
  const selection = (step.args['selection'] ?? {}) as Fields;
  if (Object.values(selection).some(Boolean)) return documents;
  return documents.map((document) => only(document, (field) => !(field in selection)));
}

/** Orion's order is that of insertion, which is that of the ids only where none was given. */
function inOrderOfIds(documents: readonly Fields[], { step, returned, here }: Difference): readonly Fields[] {
  if (!/^fetch_(experiments|benchmark)$/.test(step.op) || !isInIdOrder(returned as readonly Fields[]))
    return documents;
  const found = here.result as readonly Fields[];
  const same = found.map((document) => documents.find((other) => areSame(other, document)));
  return same.length === documents.length ? same.filter((document) => document !== undefined) : documents;
}

function isInIdOrder(documents: readonly Fields[]): boolean {
  const ids = documents.map(({ _id }) => _id as string | number);
  return ids.every((id, i) => {
    const before = ids[i - 1];
    if (before === undefined) return true;
    return typeof before === typeof id ? before < id : typeof before === 'number';
  });
}

function only(document: Fields, keep: (field: string, value: unknown) => boolean): Fields {
  return Object.fromEntries(Object.entries(document).filter(([field, value]) => keep(field, value)));
}
