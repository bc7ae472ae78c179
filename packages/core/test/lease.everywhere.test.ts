import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { equal, type OpenDatabase } from '../src/adapter.js';
import {
  DocumentStorage,
  FailedUpdateError,
  LockAcquisitionTimeoutError,
  openMemory,
  type StorageOptions,
} from '../src/index.js';
import { aMoment, gate } from '../src/testing/waiting.js';
import { withLocks } from './with-locks.js';

const ref = { uid: 'e' };
const lease = 200;

let database: OpenDatabase;
let silentHolders: (() => Promise<unknown>)[];

const connect = (options: StorageOptions = {}, over = database): DocumentStorage =>
  new DocumentStorage(over, { lease, ...options });

beforeEach(async () => {
  database = withLocks(await openMemory(), undefined);
  silentHolders = [];
  await connect().createExperiment({ _id: ref.uid, name: 'e' }, { algoState: 'first' });
});

afterEach(async () => {
  for (const end of silentHolders) await end();
});

/** A holder that shows no sign of life until it is told to end. */
async function silentHolder(): Promise<{ readonly since: number; readonly end: () => Promise<unknown> }> {
  const [taken, late] = [gate(), gate()];
  const ended = connect({ lease: Number.POSITIVE_INFINITY }).acquireAlgorithmLock(ref, async (locked) => {
    taken.open();
    await late.opened;
    locked.setState('late');
  });
  const outcome = ended.catch((error: unknown) => error);
  await taken.opened;
  const end = (): Promise<unknown> => {
    late.open();
    return outcome;
  };
  silentHolders.push(end);
  return { since: performance.now(), end };
}

/** Waits for the lock for several leases. @returns the error; `entered` if the lock was obtained. */
function waitLong(): Promise<unknown> {
  return connect()
    .acquireAlgorithmLock(ref, { timeout: 4 * lease }, () => 'entered')
    .catch((error: unknown) => error);
}

describe('a lease', () => {
  it('is taken over when its holder has been silent for its length, and not earlier', async () => {
    const { since, end } = await silentHolder();
    const waited = await connect().acquireAlgorithmLock(ref, (locked) => {
      expect(locked.state).toBe('first');
      locked.setState('successor');
      return performance.now() - since;
    });
    expect(waited).toBeGreaterThanOrEqual(lease);
    expect(await end()).toBeInstanceOf(FailedUpdateError);
    expect((await connect().getAlgorithmLockInfo(ref))?.state).toBe('successor');
  });

  it('that was taken over is not freed by the late holder', async () => {
    const { end } = await silentHolder();
    await connect().acquireAlgorithmLock(ref, async () => {
      await end();
      expect((await connect().getAlgorithmLockInfo(ref))?.locked).toBe(true);
      expect(await waitLong()).toBeInstanceOf(LockAcquisitionTimeoutError);
    });
  });

  it('is taken over by one of those who judge at once', async () => {
    await silentHolder();
    // Each acts on what it saw a moment ago, so that their judgements overlap.
    const slow: OpenDatabase = {
      ...database,
      async find(...query) {
        const found = await database.find(...query);
        await aMoment(10);
        return found;
      },
    };
    let holders = 0;
    let most = 0;
    const hold = async (): Promise<void> => {
      most = Math.max(most, ++holders);
      await aMoment(5);
      holders--;
    };
    await Promise.all(Array.from({ length: 8 }, () => connect({}, slow).acquireAlgorithmLock(ref, hold)));
    expect(most).toBe(1);
  });

  it('that is renewed just before it would be taken over stays with its holder', async () => {
    await silentHolder();
    let attempts = 0;
    const overtaken: OpenDatabase = {
      ...database,
      async write(steps, options) {
        attempts += 1;
        if (attempts === 1) await renew(new Date(1));
        return database.write(steps, options);
      },
    };
    expect(await connect({}, overtaken).acquireAlgorithmLock(ref, () => attempts)).toBe(2);
  });

  it('is not taken by a waiter that was told to give up while it looked', async () => {
    const abort = new AbortController();
    const reason = new Error('enough');
    const looking: OpenDatabase = {
      ...database,
      async find(...query) {
        const found = await database.find(...query);
        abort.abort(reason);
        return found;
      },
    };
    const waiting = connect({}, looking).acquireAlgorithmLock(ref, { signal: abort.signal }, () => 'entered');
    await expect(waiting).rejects.toBe(reason);
    expect((await connect().getAlgorithmLockInfo(ref))?.locked).toBe(false);
  });

  it('is kept by a holder whose clock stands still', async () => {
    const now = new Date();
    const outcome = await connect({ clock: () => now }).acquireAlgorithmLock(ref, waitLong);
    expect(outcome).toBeInstanceOf(LockAcquisitionTimeoutError);
  });

  it('is kept by a holder whose clock goes backwards', async () => {
    let now = Date.now();
    const clock = (): Date => {
      now -= 1_000;
      return new Date(now);
    };
    const outcome = await connect({ clock }).acquireAlgorithmLock(ref, waitLong);
    expect(outcome).toBeInstanceOf(LockAcquisitionTimeoutError);
  });

  it('is kept by a holder of whose signs of life one is lost', async () => {
    let writes = 0;
    const troubled: OpenDatabase = {
      ...database,
      async write(steps, options) {
        writes += 1;
        if (writes === 3) throw new Error('lost');
        return database.write(steps, options);
      },
    };
    const outcome = await connect({}, troubled).acquireAlgorithmLock(ref, waitLong);
    expect(outcome).toBeInstanceOf(LockAcquisitionTimeoutError);
    expect(writes).toBeGreaterThan(3);
  });

  it('is not judged by a waiter that has slept as the holder did', async () => {
    await connect().acquireAlgorithmLock(ref, async () => {
      const waiting = waitLong();
      await aMoment();
      sleepDeeply(2 * lease);
      expect(await waiting).toBeInstanceOf(LockAcquisitionTimeoutError);
    });
  });

  it('that is given back is had by the next waiter soon, however long it is', async () => {
    const times: number[] = [];
    for (let i = 0; i < 20; i++) {
      let freed = 0;
      let waiting: Promise<number> | undefined;
      await connect({ lease: 60_000 }).acquireAlgorithmLock(ref, async () => {
        waiting = connect({ lease: 60_000 }).acquireAlgorithmLock(ref, () => performance.now() - freed);
        await aMoment();
        freed = performance.now();
      });
      times.push((await waiting) ?? Number.NaN);
    }
    const median = times.toSorted((a, b) => a - b)[10] ?? Number.NaN;
    console.log(`hand-over of a lease: median ${median.toFixed(1)} ms`);
    expect(median).toBeLessThan(1_000);
  });

  it('tells those whose time is up of the last sign of life', async () => {
    await silentHolder();
    const waiting = connect().acquireAlgorithmLock(ref, { timeout: 50 }, () => 'entered');
    const { heartbeat } = (await connect().getAlgorithmLockInfo(ref)) ?? {};
    await expect(waiting).rejects.toThrow(`last sign of life at ${heartbeat?.toISOString()}`);
  });
});

/** Shows a sign of life in place of the holder. */
async function renew(heartbeat: Date): Promise<void> {
  const changes = [{ path: ['heartbeat'], value: heartbeat }];
  await database.write([
    { kind: 'update', collection: 'algo', where: equal('experiment', ref.uid), changes },
  ]);
}

/** Stops everything here, as when the lid of a laptop is closed. */
function sleepDeeply(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}
