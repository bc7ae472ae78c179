import { expect, it } from 'vitest';
import type { DocumentTransaction } from '../src/indexed-db/document-transaction.js';
import { inTurn } from '../src/indexed-db/in-turn.js';

const waiting = { name: 'searches', timeout: 50, signal: new AbortController().signal };

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** A transaction that is answered at once, but takes its time to store many documents; or is never answered. */
function transaction(isAnswered: boolean): DocumentTransaction {
  const answer = async <T>(value: T, after = 0): Promise<T> => {
    if (after > 0) await sleep(after);
    return isAnswered ? value : new Promise(() => {});
  };
  return {
    read: () => answer([]),
    count: () => answer(0),
    add: (_, documents) => answer([documents.length - 1], documents.length > 1 ? 300 : 0),
    put: () => answer([]),
    remove: () => answer(undefined),
  };
}

it('ends work that is not answered in time', async () => {
  const work = inTurn(transaction(false), waiting, (mine) => mine.count('trials'));
  await expect(work).rejects.toMatchObject({
    code: 'storage-unavailable',
    message: expect.stringMatching(/'searches'.* 50 ms/),
  });
});

it('gives work all the time that it needs once it has been answered', async () => {
  const work = inTurn(transaction(true), waiting, async (mine) => {
    await mine.read('trials', undefined, 1);
    await sleep(300);
    return 'done';
  });
  expect(await work).toBe('done');
});

it('does not take the time that storing very much takes for time spent waiting', async () => {
  const documents = Array.from({ length: 10_000 }, (_, _id) => ({ _id }));
  const work = inTurn(transaction(true), waiting, (mine) => mine.add('trials', documents));
  // The positions are those in the whole list: of the first document, stored by itself, and of the last of the others.
  expect(await work).toEqual([0, 9_999]);
});

it('ends work at once when it is told to', async () => {
  const left = new AbortController();
  const work = inTurn(transaction(false), { ...waiting, timeout: 60_000, signal: left.signal }, (mine) =>
    mine.count('trials'),
  );
  left.abort(new Error('left'));
  await expect(work).rejects.toThrow('left');
});
