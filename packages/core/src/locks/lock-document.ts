import type { Database, Update } from '../database.js';
import type { Change, Document, Fields, Id } from '../document.js';
import { checkKeyFields } from '../keys.js';
import { and, type Condition, equal, everything, oneOf } from '../query/condition.js';
import { setting } from '../records.js';
import { checkTime } from '../trials/validate-trial.js';
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
  checkKeyFields('algo', { experiment });
  return {
    _id,
    experiment,
    configuration: storable(configuration ?? {}, 'algorithm'),
    locked: start.locked ? 1 : 0,
    state: storable(start.state ?? null, 'state'),
    heartbeat: checkTime('heartbeat', start.heartbeat) ?? now,
    token: 0,
  };
}

/** The condition that finds an experiment's lock. */
export function lockOf(experiment: Id): Condition {
  return equal('experiment', experiment);
}

/** The condition of a lock that nobody has taken, freed or deleted since `document` was read. */
export function asSeen({ _id, token }: LockDocument): Condition {
  // The `_id` too: a lock that was deleted and made anew starts with a low token again.
  return and(equal('_id', _id), equal('token', token ?? null));
}

/** Met by a lock that somebody holds. */
const held: Condition = { kind: 'not', condition: oneOf('locked', [0, null]) };

/** The documents of the algorithm locks. Each has a token: whoever takes or frees the lock by force raises it. */
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

  /** Marks the lock as held. @returns the lock as taken; `undefined` where there is none that meets `where`. */
  take(experiment: Id, where: Condition = everything): Promise<LockDocument | undefined> {
    return this.#succeed(and(lockOf(experiment), where), { locked: 1 });
  }

  /** Frees the lock, whoever holds it. @returns whether anybody did. */
  async free(experiment: Id, fields: Fields): Promise<boolean> {
    const freed = await this.#succeed(and(lockOf(experiment), held), { ...fields, locked: 0 });
    return freed !== undefined;
  }

  /**
   * Changes the lock if its token is still the one in `document`.
   *
   * @returns whether it was; if not, somebody else has taken, freed or deleted it since.
   */
  async change(document: LockDocument, fields: Fields): Promise<boolean> {
    return (await this.#write(asSeen(document), this.#setting(fields))) !== undefined;
  }

  /** Raises the token besides: whoever held the lock until now has lost the right to write. */
  #succeed(where: Condition, fields: Fields): Promise<LockDocument | undefined> {
    return this.#write(where, [...this.#setting(fields), { path: ['token'], by: 1 }]);
  }

  #setting(fields: Fields): Change[] {
    return setting({ heartbeat: this.#clock(), ...fields });
  }

  async #write(where: Condition, changes: Update['changes']): Promise<LockDocument | undefined> {
    const [[changed]] = await this.#database.write([
      { kind: 'update', collection: 'algo', where, changes, limit: 1 },
    ]);
    return changed as LockDocument | undefined;
  }
}
