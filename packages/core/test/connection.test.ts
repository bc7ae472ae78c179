import { expect, it } from 'vitest';
import { Connection } from '../src/indexed-db/connection.js';
import type { DocumentTransaction } from '../src/indexed-db/document-transaction.js';
import type { Transactor } from '../src/indexed-db/transactor.js';

const options = {
  stores: ['trials'],
  mode: 'readwrite',
  durability: 'relaxed',
  isOneRequest: false,
} as const;

/** A database whose transactions the browser ends with these errors, one each, before it lets one through. */
function troubled(...errors: readonly string[]): Transactor {
  const left = errors.map((name) => new DOMException('ended by the browser', name));
  return {
    async transact() {
      const error = left.shift();
      if (error) throw error;
      return 'done' as never;
    },
    close: () => undefined,
  };
}

async function outcome(database: Transactor): Promise<unknown> {
  const connection = await Connection.to({ name: 'searches', callTimeout: 1_000 }, async () => database);
  return connection.transact(options, async () => 'done');
}

it.each(['AbortError', 'InvalidStateError', 'TimeoutError', 'UnknownError'])(
  'what the browser ended with %s is done again, once',
  async (name) => {
    expect(await outcome(troubled(name))).toBe('done');
    await expect(outcome(troubled(name, name))).rejects.toMatchObject({ code: 'storage-unavailable' });
  },
);

it('what ended for want of room is not done again', async () => {
  await expect(outcome(troubled('QuotaExceededError'))).rejects.toMatchObject({ code: 'storage-full' });
});

it('any number of calls wait at once, and Node sees no leak in that', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): number => warnings.push(warning);
  process.on('warning', note);
  let store: () => void = () => undefined;
  const stored = new Promise<void>((resolve) => {
    store = resolve;
  });
  const database: Transactor = {
    transact: (_, work) => work({} as DocumentTransaction),
    close: () => undefined,
  };
  const connection = await Connection.to({ name: 'searches', callTimeout: 1_000 }, async () => database);
  const calls = Array.from({ length: 50 }, () => connection.transact(options, () => stored));
  await new Promise((resolve) => setTimeout(resolve, 5));
  store();
  await Promise.all(calls);
  process.off('warning', note);
  expect(warnings).toEqual([]);
});
