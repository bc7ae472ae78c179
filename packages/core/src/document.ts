/** What identifies a document: a UUIDv7 given by the storage, or whatever string or number a caller chose. */
export type Id = string | number;

/** A record of fields as it is stored: plain, structured-cloneable, without behaviour. */
export type Fields = { readonly [field: string]: unknown };

/** A stored document. */
export type Document = Fields & { readonly _id: Id };

/** The keys and array positions that lead to a value inside a document, outermost first: `metadata.user` is `['metadata', 'user']`. */
export type Path = readonly string[];

/** One `$set`: the value that the field at `path` takes. */
export interface Change {
  readonly path: Path;
  readonly value: unknown;
}

/** One `$inc`: by how much the number at `path` is raised. A missing one counts as 0. */
export interface Raise {
  readonly path: Path;
  readonly by: number;
}
