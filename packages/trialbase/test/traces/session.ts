import { DocumentStorage, type Id, type StorageProtocol, type Trial } from '@trialbase/core';
import {
  and,
  type Collection,
  collections,
  type Document,
  equal,
  everything,
  type OpenDatabase,
} from '@trialbase/core/adapter';
import { Ids } from './ids.js';
import type { Fields } from './trace.js';

/** A trial as a worker of Orion's holds it: a local copy, which the worker changes. */
export type LocalTrial = { -readonly [K in keyof Trial]: Trial[K] };

/** A state as the holder of Orion's lock has it; `current` and `found` are one object until a new one is set. */
export interface OrionState {
  readonly found: unknown;
  current: unknown;
}

/** The storage under replay, and all that the steps of a trace refer to. */
export class Session {
  readonly database: OpenDatabase;
  readonly ids = new Ids();
  readonly variables = new Map<string, unknown>();
  /** What Orion's holders think the states are, by the name of the lock. */
  readonly states = new Map<string, OrionState>();
  /** The experiments whose lock is held right now, as far as this trace goes. */
  readonly held = new Set<Id>();
  storage: StorageProtocol;
  #now = 0;

  constructor(database: OpenDatabase) {
    this.database = database;
    this.storage = this.#open(120);
  }

  get now(): Date {
    return new Date(this.#now);
  }

  setClock(now: Date): void {
    this.#now = now.getTime();
  }

  advance(seconds: number): void {
    this.#now += seconds * 1_000;
  }

  /** Orion's configuration of the heartbeat, in seconds. */
  setHeartbeat(seconds: number): void {
    this.storage = this.#open(seconds);
  }

  #open(heartbeat: number): StorageProtocol {
    return new DocumentStorage(this.database, { clock: () => this.now, heartbeat: heartbeat * 1_000 });
  }

  /** The local copies that the arguments name. */
  copiesIn(args: Fields): unknown {
    return Object.values(args).map((arg) => {
      const name = (arg as { $var?: string } | null)?.$var;
      if (name === undefined) return structuredClone(arg);
      return this.states.has(name) ? name : structuredClone(this.variables.get(name));
    });
  }

  async storedTrial(trial: Partial<Trial>): Promise<Trial | undefined> {
    if (trial.experiment === undefined || trial.id === undefined) return undefined;
    const where = and(equal('experiment', trial.experiment), equal('id', trial.id));
    const [stored] = await this.database.find('trials', where);
    return stored as Trial | undefined;
  }

  async storedLock(experiment: Id): Promise<Fields | undefined> {
    const [stored] = await this.database.find('algo', equal('experiment', experiment));
    return stored;
  }

  /** All that is stored. */
  async content(): Promise<Fields[][]> {
    return Promise.all(collections.map((collection) => this.all(collection)));
  }

  async all(collection: Collection): Promise<Fields[]> {
    return this.database.find(collection, everything);
  }

  /** Puts documents back, past the storage. */
  async putBack(collection: Collection, documents: readonly Fields[]): Promise<void> {
    await this.database.write([
      { kind: 'insert', collection, documents: documents as Document[], onDuplicate: 'refuse' },
    ]);
  }

  /** Writes past the storage what Orion has written: brings the store to where Orion's is. */
  async overwrite(collection: Collection, id: Id, fields: Fields): Promise<void> {
    const changes = Object.entries(structuredClone(fields)).map(([field, value]) => ({
      path: [field],
      value,
    }));
    await this.database.write([{ kind: 'update', collection, where: equal('_id', id), changes }]);
  }
}
