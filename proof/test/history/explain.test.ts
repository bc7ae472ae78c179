import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Call } from '../../src/history/call.js';
import { explain } from '../../src/history/explain.js';
import { lockModel } from '../../src/history/lock-model.js';
import type { Model } from '../../src/history/model.js';

/** A number that is written and read. */
const register: Model<number> = {
  initial: 0,
  after: (state, { method, arguments: value, outcome }) => {
    if (method === 'write') return [value as number];
    return outcome === undefined || outcome === state ? [state] : [];
  },
};

/** The same question, answered by trying every order of every choice of the calls without an answer. */
function isExplainable(calls: readonly Call[], state: number): boolean {
  const answered = calls.filter(({ end }) => end !== undefined);
  if (answered.length === 0) return true;
  return calls.some((next) => {
    const others = calls.filter((other) => other !== next);
    const isFirst = others.every(({ end = Number.POSITIVE_INFINITY }) => end >= next.start);
    return (
      isFirst && register.after(state, next).some((after) => isExplainable(withoutLate(others, next), after))
    );
  });
}

/** A call that can have had its effect only before the start of one that was placed has lost its chance. */
function withoutLate(calls: readonly Call[], placed: Call): Call[] {
  return calls.filter(
    ({ end, latest = Number.POSITIVE_INFINITY }) =>
      end !== undefined || placed.end === undefined || latest >= placed.start,
  );
}

/** Answered, never answered, and not answered by a worker that is known to have died. */
const ANSWERS = [
  (end: number, outcome: number) => ({ end, outcome }),
  () => ({}),
  (latest: number) => ({ latest }),
] as const;

const anyCall: fc.Arbitrary<Call> = fc
  .record({
    method: fc.constantFrom('write', 'read'),
    value: fc.integer({ min: 0, max: 2 }),
    start: fc.integer({ min: 0, max: 12 }),
    length: fc.integer({ min: 0, max: 6 }),
    answered: fc.constantFrom(0, 0, 0, 1, 2),
  })
  .map(({ method, value, start, length, answered }) => {
    const asked = { worker: 'w', method, arguments: value, start };
    return Object.assign(asked, ANSWERS[answered](start + length, value));
  });

it('finds an order exactly where trying all of them finds one', () => {
  const verdicts = { explained: 0, unexplained: 0 };
  fc.assert(
    fc.property(fc.array(anyCall, { maxLength: 7 }), (calls) => {
      const { kind } = explain(register, calls);
      expect(kind).toBe(isExplainable(calls, 0) ? 'explained' : 'unexplained');
      verdicts[kind as keyof typeof verdicts] += 1;
    }),
    { seed: 4, numRuns: 4000 },
  );
  expect(Math.min(verdicts.explained, verdicts.unexplained)).toBeGreaterThan(500);
});

it('orders 20,000 calls of 8 workers on one lock, and finds the one that is wrong', () => {
  const calls = Array.from({ length: 20_000 }, (_, i): Call => {
    const found = { count: i, by: i === 0 ? '' : `m${i - 1}` };
    const times = { start: i, end: i + 8 + (i % 5) };
    return {
      worker: `w${i % 8}`,
      method: 'raiseCounter',
      arguments: { mark: `m${i}` },
      ...times,
      outcome: { found },
    };
  });
  const shuffled = calls.toSorted((a, b) => Number(a.worker.at(1)) - Number(b.worker.at(1)));
  expect(explain(lockModel, shuffled).kind).toBe('explained');
  const stale = { ...(calls[10_000] as Call), worker: 'w9', arguments: { mark: 'stale' } };
  const verdict = explain(lockModel, [...shuffled, stale]);
  expect(verdict).toMatchObject({ kind: 'unexplained', next: expect.arrayContaining([stale]) });
});

it('says that it gave up where there are too many orders', () => {
  const writes = Array.from({ length: 14 }, (_, i) => ({
    worker: `w${i}`,
    method: 'write',
    arguments: i,
    start: 0,
    end: 9,
    outcome: 0,
  }));
  const impossible = { worker: 'r', method: 'read', arguments: 0, start: 0, end: 9, outcome: 99 };
  expect(explain(register, [...writes, impossible], 1000).kind).toBe('undecided');
});
