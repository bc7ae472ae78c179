import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Param } from '@trialbase/core';
import { loadSqlite, type SqliteDatabase, type SqliteStatement } from './sqlite.js';
import type { Store, StoredTrial, StoreKind } from './store.js';
import { EXPERIMENT } from './trialbase-stores.js';
import { finishedTrial, paramsOf, resultsOf } from './trials.js';

export interface ByHandOptions {
  /** What SQLite waits for: `NORMAL` survives the death of the process, `FULL` the loss of power. */
  readonly synchronous: 'NORMAL' | 'FULL';
  /** Whether a lifecycle counts the completed trials. SQLite walks the index to count, so this grows with the trials. */
  readonly counts: boolean;
}

/** The store that a good engineer would write for just this lifecycle: no checks, no queries, no layers. */
export function byHand({ synchronous, counts }: ByHandOptions): StoreKind {
  return {
    name: `SQLite ${synchronous}${counts ? '' : ', no count'}`,
    open: async (directory) => {
      const database = new (loadSqlite())(join(directory, 'trials.sqlite'), { timeout: 60_000 });
      database.exec('PRAGMA journal_mode = WAL');
      database.exec(`PRAGMA synchronous = ${synchronous}`);
      database.exec(tables);
      return new HandWrittenStore(database, counts);
    },
  };
}

/** What changes has a column, so that no update has to read a document and write it again. */
const tables = `
  CREATE TABLE IF NOT EXISTS trials (
    number INTEGER PRIMARY KEY,
    experiment TEXT NOT NULL,
    id TEXT NOT NULL,
    status TEXT NOT NULL,
    reservation TEXT,
    heartbeat INTEGER,
    start_time INTEGER,
    end_time INTEGER,
    results TEXT,
    document TEXT NOT NULL
  );
  CREATE UNIQUE INDEX IF NOT EXISTS trials_by_id ON trials (experiment, id);
  CREATE INDEX IF NOT EXISTS trials_by_status ON trials (experiment, status);
`;

const held = "WHERE experiment = ? AND id = ? AND status = 'reserved' AND reservation = ?";

interface Claimed {
  readonly id: string;
  readonly document: string;
}

class HandWrittenStore implements Store {
  readonly #database: SqliteDatabase;
  readonly #counts: boolean;
  readonly #insert: SqliteStatement;
  readonly #insertFinished: SqliteStatement;
  readonly #claim: SqliteStatement;
  readonly #beat: SqliteStatement;
  readonly #push: SqliteStatement;
  readonly #complete: SqliteStatement;
  readonly #count: SqliteStatement;

  constructor(database: SqliteDatabase, counts: boolean) {
    this.#database = database;
    this.#counts = counts;
    this.#insert = database.prepare(
      "INSERT INTO trials (experiment, id, status, document) VALUES (?, ?, 'new', ?)",
    );
    this.#insertFinished = database.prepare(
      `INSERT INTO trials (experiment, id, status, heartbeat, start_time, end_time, results, document)
       VALUES (?, ?, 'completed', ?, ?, ?, ?, ?)`,
    );
    this.#claim = database.prepare(
      `UPDATE trials SET status = 'reserved', reservation = ?, start_time = ?, heartbeat = ?
       WHERE number = (
         SELECT number FROM trials WHERE experiment = ? AND status IN ('new', 'suspended', 'interrupted')
         ORDER BY number LIMIT 1
       )
       RETURNING id, document`,
    );
    this.#beat = database.prepare(`UPDATE trials SET heartbeat = ? ${held}`);
    this.#push = database.prepare(`UPDATE trials SET results = ?, end_time = ? ${held}`);
    this.#complete = database.prepare(`UPDATE trials SET status = 'completed', heartbeat = ? ${held}`);
    this.#count = database.prepare(
      "SELECT count(*) FROM trials WHERE experiment = ? AND status = 'completed'",
    );
  }

  async fill(from: number, to: number): Promise<void> {
    const insertAll = this.#database.transaction(() => {
      for (let number = from; number < to; number++) this.#fillOne(number);
    });
    insertAll();
  }

  async live(number: number): Promise<string> {
    const params = paramsOf(number);
    const document = JSON.stringify({ params, submit_time: Date.now() });
    this.#insert.run(EXPERIMENT, idOf(params), document);
    const reservation = randomUUID();
    const now = Date.now();
    const claimed = this.#claim.get(reservation, now, now, EXPERIMENT) as Claimed;
    JSON.parse(claimed.document);
    this.#beat.run(Date.now(), EXPERIMENT, claimed.id, reservation);
    this.#beat.run(Date.now(), EXPERIMENT, claimed.id, reservation);
    this.#push.run(JSON.stringify(resultsOf(number)), Date.now(), EXPERIMENT, claimed.id, reservation);
    this.#complete.run(Date.now(), EXPERIMENT, claimed.id, reservation);
    if (this.#counts) this.#count.get(EXPERIMENT);
    return claimed.id;
  }

  async trials(): Promise<StoredTrial[]> {
    return this.#database.prepare('SELECT id, status FROM trials').all() as StoredTrial[];
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  #fillOne(number: number): void {
    const { params, results, submit_time, start_time, heartbeat, end_time } = finishedTrial(
      EXPERIMENT,
      number,
    );
    this.#insertFinished.run(
      EXPERIMENT,
      idOf(params),
      Number(heartbeat),
      Number(start_time),
      Number(end_time),
      JSON.stringify(results),
      JSON.stringify({ params, submit_time }),
    );
  }
}

function idOf(params: readonly Param[]): string {
  return createHash('md5').update(JSON.stringify(params)).digest('hex');
}
