import { expect, it } from 'vitest';
import { Connection, type Transactor } from '../src/indexed-db/connection.js';

const options = { stores: ['trials'], mode: 'readwrite', durability: 'relaxed' } as const;

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
