import type { Database } from '../database.js';
import type { Document, Id } from '../document.js';
import { and, type Condition, equal, everything } from '../query/condition.js';
import { setting } from '../records.js';
import { storable } from '../values/values.js';

/** A document of the `algo` collection. `locked` is 0 or 1, as Orion writes it. */
export type LockDocument = Document & {
  readonly experiment: Id;
  readonly configuration: unknown;
  readonly locked: number;
  readonly state: unknown;
  readonly heartbeat: Date | null;
  /** Raised by one with each holder: the right to write the state. Absent where Orion made the document. */
  readonly token?: number;
};

/** What the lock of an experiment starts with. */
export interface LockStart {
  readonly locked?: boolean | undefined;
  readonly state?: unknown;
  readonly heartbeat?: Date | undefined;
}

/** The document of a new lock. */
export function lockDocument(
  _id: Id,
  experiment: Id,
  configuration: unknown,
  start: LockStart,
  now: Date,
): LockDocument {
  return {
    _id,
    experiment,
    configuration: storable(configuration ?? {}, 'algorithm'),
    locked: start.locked ? 1 : 0,
    state: storable(start.state ?? null, 'state'),
    heartbeat: start.heartbeat ?? now,
    token: 0,
  };
}

/** The condition that finds an experiment's lock. */
export function lockOf(experiment: Id): Condition {
  return equal('experiment', experiment);
}

/** The documents of the algorithm locks, each changed only under the token that its reader saw. */
export class LockDocuments {
  readonly #database: Database;
  readonly #clock: () => Date;

  constructor(database: Database, clock: () => Date) {
    this.#database = database;
    this.#clock = clock;
  }

  async find(experiment: Id): Promise<LockDocument | undefined> {
    const [document] = await this.#database.find('algo', lockOf(experiment), { limit: 1 });
    return document as LockDocument | undefined;
  }

  /** Marks the lock as held, and raises the token: whoever held it until now has lost the right to write. */
  take(document: LockDocument, where?: Condition): Promise<LockDocument | undefined> {
    return this.change(document, { locked: 1, token: nextToken(document) }, where);
  }

  /**
   * Changes the lock if its token is still the one in `document`, and if it meets `where` too.
   *
   * @returns the lock as changed; `undefined` where somebody else has taken, freed or deleted it since.
   */
  async change(
    document: LockDocument,
    fields: Readonly<Record<string, unknown>>,
    where: Condition = everything,
  ): Promise<LockDocument | undefined> {
    // The `_id` too: a lock that was deleted and made anew starts with a low token again.
    const seen = and(equal('_id', document._id), equal('token', document.token ?? null), where);
    const changes = setting({ heartbeat: this.#clock(), ...fields });
    const [[changed]] = await this.#database.write([
      { kind: 'update', collection: 'algo', where: seen, changes, limit: 1 },
    ]);
    return changed as LockDocument | undefined;
  }
}

export function nextToken({ token = 0 }: LockDocument): number {
  return token + 1;
}
