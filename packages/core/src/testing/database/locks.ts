import { describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../database.js';
import type { Locks } from '../../locks/locks.js';
import { type DatabaseConnector, eachOnItsOwn } from '../connectors.js';
import { aMoment, gate } from '../waiting.js';

export function describeLocks(connector: DatabaseConnector): void {
  describe('locks', () => {
    const connect = eachOnItsOwn(connector);
    const twoLocks = async () => [locksOf(await connect()), locksOf(await connect())] as const;

    it('are held by one at a time, whichever the connection', async () => {
      const locks = await twoLocks();
      let holders = 0;
      let most = 0;
      let turns = 0;
      const work = async () => {
        most = Math.max(most, ++holders);
        await aMoment(1);
        turns++;
        holders--;
      };
      await Promise.all(
        Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? locks[0] : locks[1]).request('a', {}, work)),
      );
      expect({ most, turns }).toEqual({ most: 1, turns: 12 });
    });

    it('of two names are independent', async () => {
      const [locks, others] = await twoLocks();
      const both = await locks.request('a', {}, () => others.request('b', {}, async () => 'both'));
      expect(both).toBe('both');
    });

    it('are given to waiters in the order in which they came', async () => {
      const [locks] = await twoLocks();
      const held = gate();
      const order: number[] = [];
      const first = locks.request('a', {}, () => held.opened);
      const waiters = [1, 2, 3, 4].map((i) =>
        locks.request('a', {}, async () => {
          order.push(i);
        }),
      );
      await aMoment();
      expect(order).toEqual([]);
      held.open();
      await Promise.all([first, ...waiters]);
      expect(order).toEqual([1, 2, 3, 4]);
    });

    it('pass on what the callback returns or throws, and are free after either', async () => {
      const [locks, others] = await twoLocks();
      expect(await locks.request('a', {}, async () => 'result')).toBe('result');
      const failing = locks.request('a', {}, () => Promise.reject(new Error('mine')));
      await expect(failing).rejects.toThrow('mine');
      expect(await others.request('a', {}, async () => 'free')).toBe('free');
    });

    it('are not waited for any longer once the signal is aborted', async () => {
      const [locks, others] = await twoLocks();
      const held = gate();
      const holder = locks.request('a', {}, () => held.opened);
      const abort = new AbortController();
      const reason = new Error('enough');
      let ran = false;
      const waiter = others.request('a', { signal: abort.signal }, async () => {
        ran = true;
      });
      await aMoment();
      abort.abort(reason);
      await expect(waiter).rejects.toBe(reason);
      held.open();
      await holder;
      expect(await others.request('a', {}, async () => 'free')).toBe('free');
      expect(ran).toBe(false);
    });

    it('are not even asked for where the signal is aborted already', async () => {
      const [locks] = await twoLocks();
      const reason = new Error('enough');
      const request = locks.request('a', { signal: AbortSignal.abort(reason) }, async () => 'ran');
      await expect(request).rejects.toBe(reason);
    });

    it('once obtained, are not taken away by the signal', async () => {
      const [locks] = await twoLocks();
      const abort = new AbortController();
      const held = locks.request('a', { signal: abort.signal }, async () => {
        abort.abort(new Error('too late'));
        await aMoment();
        return 'done';
      });
      expect(await held).toBe('done');
    });

    it('can be stolen: the thief runs at once, the robbed holder runs on, and waiters go after the thief', async () => {
      const [locks, others] = await twoLocks();
      const events: string[] = [];
      const holding = gate();
      const robbed = gate();
      const stealing = gate();
      const stolen = gate();
      const holder = locks.request('a', {}, async () => {
        holding.open();
        await robbed.opened;
        events.push('robbed holder ends');
        return 'what it was for';
      });
      await holding.opened;
      const thief = others.request('a', { steal: true }, async () => {
        events.push('thief');
        stealing.open();
        await stolen.opened;
        events.push('thief ends');
      });
      await stealing.opened;
      const waiter = locks.request('a', {}, async () => {
        events.push('waiter');
      });
      robbed.open();
      expect(await holder).toBe('what it was for');
      await aMoment();
      stolen.open();
      await Promise.all([thief, waiter]);
      expect(events).toEqual(['thief', 'robbed holder ends', 'thief ends', 'waiter']);
    });

    it('when stolen, leave it to the robbed holder to fail in its own way', async () => {
      const [locks, others] = await twoLocks();
      const robbed = gate();
      const holder = locks.request('a', {}, async () => {
        await robbed.opened;
        throw new Error('mine');
      });
      const outcome = holder.catch((error: unknown) => error);
      await aMoment();
      await others.request('a', { steal: true }, async () => undefined);
      robbed.open();
      expect(await outcome).toEqual(new Error('mine'));
    });

    it('once stolen and given back, are free for all, though the robbed holder still runs', async () => {
      const [locks, others] = await twoLocks();
      for (const thief of [locks, others]) {
        const robbed = gate();
        const holder = locks.request('a', {}, () => robbed.opened);
        await aMoment();
        await thief.request('a', { steal: true }, async () => undefined);
        expect(await locks.request('a', {}, async () => 'free')).toBe('free');
        expect(await others.request('a', {}, async () => 'free')).toBe('free');
        robbed.open();
        await holder;
      }
    });

    it('can be stolen when nobody holds them, with a signal too', async () => {
      const [locks] = await twoLocks();
      expect(await locks.request('a', { steal: true }, async () => 'mine')).toBe('mine');
      const { signal } = new AbortController();
      expect(await locks.request('a', { steal: true, signal }, async () => 'mine')).toBe('mine');
    });

    it('are not stolen where the signal is aborted already', async () => {
      const [locks] = await twoLocks();
      const reason = new Error('enough');
      const options = { steal: true, signal: AbortSignal.abort(reason) };
      await expect(locks.request('a', options, async () => 'ran')).rejects.toBe(reason);
    });

    it('are listed while they are held', async () => {
      const [locks, others] = await twoLocks();
      const heldNames = async () => ((await others.query()).held ?? []).map(({ name }) => name);
      const during = await locks.request('a', {}, () => locks.request('b', {}, heldNames));
      expect(new Set(during)).toEqual(new Set(['a', 'b']));
      expect(await heldNames()).toEqual([]);
    });
  });
}

function locksOf({ locks }: OpenDatabase): Locks {
  if (locks) return locks;
  throw new Error(
    'The database has no locks here, so there is nothing to prove: run describeDatabase where it has some, or open it ' +
      'with the locks of an option. describeStorage proves the leases that take the place of locks.',
  );
}
