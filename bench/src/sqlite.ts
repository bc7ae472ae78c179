import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The part of `better-sqlite3` that is used here. */
export interface SqliteDatabase {
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
  transaction(callback: () => void): () => void;
  close(): void;
}

export interface SqliteStatement {
  run(...values: readonly SqliteValue[]): { readonly changes: number };
  get(...values: readonly SqliteValue[]): unknown;
  all(...values: readonly SqliteValue[]): unknown[];
}

type SqliteValue = string | number | null;

type SqliteConstructor = new (path: string, options: { readonly timeout: number }) => SqliteDatabase;

const native = fileURLToPath(new URL('../native/', import.meta.url));

/** Loads `better-sqlite3`; installs it first where it is missing, which may take a minute to compile it. */
export function loadSqlite(): SqliteConstructor {
  const require = createRequire(`${native}package.json`);
  try {
    return require('better-sqlite3') as SqliteConstructor;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
  }
  process.stderr.write('Installing better-sqlite3 to compare with\n');
  // Where it has to be compiled, what it prints is long, and belongs to no report.
  const { status } = spawnSync('npm ci', { cwd: native, shell: true, stdio: ['ignore', 2, 2] });
  if (status !== 0)
    throw new Error(`better-sqlite3 could not be installed in ${native}: see what npm printed above`);
  return require('better-sqlite3') as SqliteConstructor;
}
