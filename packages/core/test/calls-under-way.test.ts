import { expect, it } from 'vitest';
import { CallsUnderWay } from '../src/indexed-db/calls-under-way.js';
import type { DocumentTransaction } from '../src/indexed-db/document-transaction.js';
import type { Work } from '../src/indexed-db/transactor.js';

/** Does the work of a call in turn, which is waited for 50 ms. */
function inTurn<T>(answering: DocumentTransaction, work: Work<T>, timeout = 50): Promise<T> {
  return new CallsUnderWay({ name: 'searches', timeout }).begin().inTurn(answering, work);
}

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
    ids: () => answer([]),
    count: () => answer(0),
    add: (_, documents) => answer([documents.length - 1], documents.length > 1 ? 300 : 0),
    put: () => answer([]),
    remove: () => answer(undefined),
  };
}

it('ends work that is not answered in time', async () => {
  const work = inTurn(transaction(false), (mine) => mine.count('trials'));
  await expect(work).rejects.toMatchObject({
    code: 'storage-unavailable',
    message: expect.stringMatching(/'searches'.* 50 ms/),
  });
});

it('ends nothing where no time is too long', async () => {
  const work = inTurn(transaction(false), (mine) => mine.count('trials'), Number.POSITIVE_INFINITY);
  expect(await Promise.race([work, sleep(100)])).toBeUndefined();
});

it('gives work all the time that it needs once it has been answered', async () => {
  const work = inTurn(transaction(true), async (mine) => {
    await mine.read('trials', undefined, 1);
    await sleep(300);
    return 'done';
  });
  expect(await work).toBe('done');
});

it('does not take the time that storing very much takes for time spent waiting', async () => {
  const documents = Array.from({ length: 10_000 }, (_, _id) => ({ _id }));
  const work = inTurn(transaction(true), (mine) => mine.add('trials', documents));
  // The positions are those in the whole list: of the first document, stored by itself, and of the last of the others.
  expect(await work).toEqual([0, 9_999]);
});

it('ends those that are under way at once when it is told to, and no others', async () => {
  const calls = new CallsUnderWay({ name: 'searches', timeout: 60_000 });
  const [begun, asked, settled] = [calls.begin(), calls.begin(), calls.begin()] as const;
  const work = begun.inTurn(transaction(false), (mine) => mine.count('trials'));
  calls.takeOut(settled);
  calls.end(new Error('left'));
  await expect(work).rejects.toThrow('left');
  // Its transaction had not begun.
  await expect(asked.inTurn(transaction(true), async () => 'done')).rejects.toThrow('left');
  expect(await settled.inTurn(transaction(true), async () => 'done')).toBe('done');
  expect(await calls.begin().inTurn(transaction(true), async () => 'done')).toBe('done');
});

it('gives each call its time, however long others have waited, or when its timer was set', async () => {
  const calls = new CallsUnderWay({ name: 'searches', timeout: 400 });
  const begins: number[] = [];
  const ends = Array.from({ length: 5 }, async (_, i) => {
    await sleep(i * 90);
    begins[i] = performance.now();
    const work = calls.begin().inTurn(transaction(false), (mine) => mine.count('trials'));
    await expect(work).rejects.toThrow('400 ms');
    return performance.now();
  });
  for (const [i, end] of (await Promise.all(ends)).entries())
    expect(end - (begins[i] ?? Number.NaN)).toBeGreaterThan(395);
});

it('sets its timer anew for a call after all others have settled', async () => {
  const calls = new CallsUnderWay({ name: 'searches', timeout: 50 });
  calls.takeOut(calls.begin());
  await sleep(30);
  const work = calls.begin().inTurn(transaction(false), (mine) => mine.count('trials'));
  await expect(work).rejects.toThrow('50 ms');
});
