/** The four collections of the protocol, by the names that Orion gives them. */
export type Collection = 'experiments' | 'trials' | 'algo' | 'benchmarks';

/** The fields that make up a key, in order. A missing field counts as `null`. */
export type KeyFields = readonly string[];

/** The keys of a collection besides the `_id`. */
export interface Keys {
  /** Keys that no two documents may share. They serve look-ups too. */
  readonly unique: readonly KeyFields[];
  /** Keys by which documents are found without reading the others. */
  readonly indexes: readonly KeyFields[];
}

/** What an adapter must keep for one collection, besides the documents by `_id`. */
export interface CollectionSchema extends Keys {
  /**
   * Two fields by which documents are counted often, by the first alone or by both: that must not take longer the more there
   * are. Where an index knows how many documents it has under a key, as in memory, it does not. Where it counts them one by one,
   * as in IndexedDB, the adapter keeps their numbers beside the documents. The two fields are an index, and so is the first.
   */
  readonly countedBy?: KeyFields;
  /** Whether those who watch a store are told of the documents here that changed. Telling other tabs costs a tenth of a write. */
  readonly isWatched: boolean;
}

/** What an adapter must keep, by collection. */
export type Schema = Readonly<Record<Collection, CollectionSchema>>;

/** Grows by one with every change to {@link schema} that changes what is stored, so that stores of an older one can be upgraded and those of a newer one refused. */
export const SCHEMA_VERSION = 2;

/** The indexes of the protocol, what it counts, and what is watched. Every adapter is opened with them. */
export const schema: Schema = {
  experiments: { unique: [['name', 'version']], indexes: [], isWatched: true },
  trials: {
    unique: [['experiment', 'id']],
    indexes: [['experiment'], ['experiment', 'status']],
    countedBy: ['experiment', 'status'],
    isWatched: true,
  },
  algo: { unique: [['experiment']], indexes: [], isWatched: false },
  benchmarks: { unique: [['name']], indexes: [], isWatched: true },
};

/** All collections. */
export const collections = Object.keys(schema) as readonly Collection[];

/** The fields of which keys are made, by the name of what has the keys. */
export function keyFieldsOf<N extends string>(
  keys: Readonly<Record<N, Keys>>,
): Readonly<Record<N, ReadonlySet<string>>> {
  const fields = Object.entries<Keys>(keys).map(
    ([name, { unique, indexes }]) => [name, new Set([...unique, ...indexes].flat())] as const,
  );
  return Object.fromEntries(fields) as Record<N, Set<string>>;
}
