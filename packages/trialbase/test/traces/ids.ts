import { type Id, type Trial, trialId } from '@trialbase/core';
import type { Collection } from '@trialbase/core/adapter';
import type { Fields } from './trace.js';

/** Which id here stands for which id that Orion counted. An id that was never counted stands for itself. */
export class Ids {
  readonly #here = new Map<string, Id>();
  readonly #orions = new Map<string, unknown>();
  readonly #seen = new Set<Id>();
  readonly #hashes = new Map<unknown, string>();

  /** A document was created: Orion has `orions` for its `_id`, the storage `here`. */
  learn(collection: Collection, orions: unknown, here: Id): void {
    if (orions !== here && this.#seen.has(here)) throw new Error(`the storage gave the _id ${here} twice`);
    this.#seen.add(here);
    this.#here.set(key(collection, orions), here);
    this.#orions.set(key(collection, here), orions);
  }

  /** Orion takes a whole number in a real for an int where it was given one. @returns whether that is why the ids differ. */
  learnHash(orions: Trial, here: Trial): boolean {
    if (orions.id === here.id) return false;
    const params = here.params.map((param) =>
      Number.isInteger(param.value) ? { ...param, type: 'integer' as const } : param,
    );
    if (trialId({ ...here, params }) !== orions.id) return false;
    this.#hashes.set(here.id, orions.id);
    return true;
  }

  /** Orion's id of a trial. Any other text stands for itself. */
  orionsHash(text: unknown): unknown {
    return this.#hashes.get(text) ?? text;
  }

  here(collection: Collection, orions: unknown): Id {
    return this.#here.get(key(collection, orions)) ?? (orions as Id);
  }

  orions(collection: Collection, here: unknown): unknown {
    const known = key(collection, here);
    return this.#orions.has(known) ? this.#orions.get(known) : here;
  }

  /** A query or a document of Orion's with the ids that are meant here. Any other value stands for itself. */
  inQuery<Q>(collection: Collection, query: Q): Q {
    if (typeof query !== 'object' || query === null) return query;
    const translated = (field: string, value: unknown): unknown => {
      if (field === '_id') return mapScalars(value, (id) => this.here(collection, id));
      if (field === 'experiment') return mapScalars(value, (id) => this.here('experiments', id));
      return value;
    };
    return mapFields(query as Fields, translated) as Q;
  }

  /** A document of the store as Orion would have it: with Orion's ids, and without what Orion does not have. */
  inDocument(collection: Collection, document: Fields): Fields {
    const { reservation: _reservation, token: _token, ...fields } = document;
    return mapFields(fields, (field, value) => {
      if (field === '_id') return this.orions(collection, value);
      if (field === 'id' && collection === 'trials') return this.orionsHash(value);
      if (field === 'experiment' && collection !== 'experiments') return this.orions('experiments', value);
      return value;
    });
  }
}

function key(collection: Collection, id: unknown): string {
  return `${collection} ${typeof id} ${String(id)}`;
}

function mapFields(fields: Fields, change: (field: string, value: unknown) => unknown): Fields {
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, change(field, value)]));
}

function mapScalars(value: unknown, change: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((element) => mapScalars(element, change));
  if (typeof value !== 'object' || value === null) return change(value);
  return mapFields(value as Fields, (_field, inner) => mapScalars(inner, change));
}
