import fs from 'node:fs';
import path from 'node:path';
import { errorCode } from '@trialbase/core/adapter';
import { type FileOptions, openFile } from '@trialbase/file';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshDirectory } from './store-directory.js';
import { WorkerProcess } from './worker-process.js';

type FileDatabase = Awaited<ReturnType<typeof openFile>>;

let directory: string;
let open: FileDatabase[];

beforeEach(() => {
  directory = path.join(freshDirectory(), 'store');
  open = [];
});

afterEach(async () => {
  for (const database of open) await database.close();
});

async function connect(options: Partial<FileOptions> = {}): Promise<FileDatabase> {
  const database = await openFile({ path: directory, ...options });
  open.push(database);
  return database;
}

async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Requests a lock, and tells how long that took. */
async function timeToTake(database: FileDatabase, name: string): Promise<number> {
  const start = performance.now();
  return database.locks.request(name, {}, async () => performance.now() - start);
}

describe('the lock of a process that is killed', () => {
  it('is had by the next waiter almost at once', async () => {
    const database = await connect();
    const times: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      const holder = new WorkerProcess('hold', directory, 'lock');
      await holder.hasWritten(1);
      const taken = timeToTake(database, 'lock');
      await pause(150);
      const killed = performance.now();
      holder.kill('SIGKILL');
      await taken;
      times.push(Math.round(performance.now() - killed));
    }
    console.log(`taken over from a killed holder after ${times.join(', ')} ms`);
    expect(Math.min(...times)).toBeLessThan(1000);
  });

  it('is had at once by one who comes later', async () => {
    const holder = new WorkerProcess('hold', directory, 'lock');
    await holder.hasWritten(1);
    holder.kill('SIGKILL');
    await holder.ended;
    expect(await timeToTake(await connect(), 'lock')).toBeLessThan(1000);
  });
});

describe('the lock of a process that lives', () => {
  it('shows signs of life now and then only, where it is never to be taken for stale', async () => {
    const database = await connect({ staleAfter: Number.POSITIVE_INFINITY });
    await database.locks.request('lock', {}, async () => {
      const [lock = ''] = fs.readdirSync(path.join(directory, 'locks'));
      const sign = (): number => fs.statSync(path.join(directory, 'locks', lock, 'turn-1')).mtimeMs;
      const first = sign();
      await pause(100);
      expect(sign()).toBe(first);
    });
  });

  it('is not taken, however long it is held', async () => {
    const holder = new WorkerProcess('hold', directory, 'lock', 300);
    await holder.hasWritten(1);
    const database = await connect({ staleAfter: 300 });
    const signal = AbortSignal.timeout(1500);
    await expect(database.locks.request('lock', { signal }, async () => 'taken')).rejects.toThrow(/timeout/);
    holder.tell('end');
    expect(await holder.succeeds()).toEqual(['held', 'released']);
  });

  it('is taken when the process is stopped past its time; going on, it does not free the lock of its successor', async () => {
    const holder = new WorkerProcess('hold', directory, 'lock', 300);
    await holder.hasWritten(1);
    holder.kill('SIGSTOP');
    const [database, other] = [await connect({ staleAfter: 300 }), await connect()];
    await database.locks.request('lock', {}, async () => {
      holder.kill('SIGCONT');
      holder.tell('end');
      await holder.succeeds();
      const signal = AbortSignal.timeout(300);
      await expect(other.locks.request('lock', { signal }, async () => 'taken')).rejects.toThrow(/timeout/);
    });
    expect(await timeToTake(other, 'lock')).toBeLessThan(1000);
  });

  it('is taken by one who steals it, and given back by neither for the other', async () => {
    const holder = new WorkerProcess('hold', directory, 'lock');
    await holder.hasWritten(1);
    const [thief, other] = [await connect(), await connect()];
    await thief.locks.request('lock', { steal: true }, async () => {
      holder.tell('end');
      await holder.succeeds();
      const signal = AbortSignal.timeout(200);
      await expect(other.locks.request('lock', { signal }, async () => 'taken')).rejects.toThrow(/timeout/);
    });
    expect(await timeToTake(other, 'lock')).toBeLessThan(1000);
  });

  it('is freed when the process ends', async () => {
    const holder = new WorkerProcess('hold', directory, 'lock');
    await holder.hasWritten(1);
    const taken = timeToTake(await connect(), 'lock');
    holder.tell('end');
    await holder.succeeds();
    expect(await taken).toBeLessThan(5000);
  });
});

describe('a counter in a plain file, raised under a lock', () => {
  it('is exact for eight processes, some of which are killed', async () => {
    const database = await connect();
    const counter = path.join(directory, '..', 'counter');
    fs.writeFileSync(counter, '0');
    const workers = Array.from({ length: 8 }, () => new WorkerProcess('count-up', directory, 1e6));
    const raised: string[] = [];
    for (const worker of workers) {
      await pause(200);
      await worker.hasWritten(1);
      worker.kill('SIGKILL');
      await worker.ended;
      raised.push(...worker.lines);
    }
    expect(new Set(raised).size).toBe(raised.length);
    // A raise may have been written and its process killed before it said so: once for each process.
    const last = Number(fs.readFileSync(counter, 'utf8'));
    expect(last).toBeGreaterThanOrEqual(raised.length);
    expect(last).toBeLessThanOrEqual(raised.length + workers.length);
    expect(await timeToTake(database, 'counter')).toBeLessThan(1000);
  });

  it('serves six processes in turn, so that all end at about the same time', async () => {
    await connect();
    fs.writeFileSync(path.join(directory, '..', 'counter'), '0');
    const workers = Array.from({ length: 6 }, () => new WorkerProcess('count-up', directory, 15));
    const lines = await Promise.all(workers.map((worker) => worker.succeeds()));
    expect(
      lines
        .flat()
        .map(Number)
        .sort((a, b) => a - b),
    ).toEqual(Array.from({ length: 90 }, (_, i) => i + 1));
    // Where all wait, none gets the lock again before each of the others had it.
    const together = lines.map((ofOne) => ofOne.map(Number));
    const from = Math.max(...together.map(([first]) => first ?? 0));
    const until = Math.min(...together.map((ofOne) => ofOne.at(-1) ?? 0));
    const gaps = together.flatMap((ofOne) =>
      ofOne.filter((n) => n > from && n <= until).map((n, i, all) => n - (all[i - 1] ?? n)),
    );
    expect(Math.max(0, ...gaps)).toBeLessThanOrEqual(12);
  });
});

describe('requests', () => {
  it('of two connections hand the lock over within milliseconds', async () => {
    const databases = [await connect(), await connect()];
    const waits: number[] = [];
    const play = async (database: FileDatabase): Promise<void> => {
      for (let i = 0; i < 50; i += 1) waits.push(await timeToTake(database, 'lock'));
    };
    await Promise.all(databases.map(play));
    waits.sort((a, b) => a - b);
    console.log(`hand-over between two connections: median ${waits[50]?.toFixed(2)} ms`);
    expect(waits[50]).toBeLessThan(100);
  });

  it('are woken by the end of the turn, which is told under the name that they watch', async () => {
    const database = await connect();
    let watcher: fs.FSWatcher | undefined;
    let ended: Promise<unknown> | undefined;
    await database.locks.request('lock', {}, async () => {
      const [entry] = fs.readdirSync(path.join(directory, 'locks'));
      const lock = path.join(directory, 'locks', entry as string);
      expect(fs.readdirSync(lock)).toContain('turn-1');
      ended = new Promise((resolve) => {
        // The sign that the holder lives is told under it as well, but changes no length.
        watcher = fs.watch(lock, (_event, name) => {
          if (name === 'turn-1' && fs.statSync(path.join(lock, name)).size === 0) resolve(undefined);
        });
      });
    });
    await ended;
    watcher?.close();
  });

  it('of one who has just had the lock come after those who waited meanwhile', async () => {
    const [first, second] = [await connect(), await connect()];
    const order: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      let waiting: Promise<unknown> = Promise.resolve();
      await first.locks.request('lock', {}, async () => {
        waiting = second.locks.request('lock', {}, async () => order.push('second'));
        await pause(20);
      });
      await first.locks.request('lock', {}, async () => order.push('first'));
      await waiting;
    }
    expect(order).toEqual(Array.from({ length: 5 }, () => ['second', 'first']).flat());
  });

  it('are ended at once by their signal, in memory and at the file, and leave nothing behind', async () => {
    const [holder, waiter] = [await connect(), await connect()];
    await holder.locks.request('lock', {}, async () => {
      const controllers = [new AbortController(), new AbortController()];
      const waits = controllers.map(({ signal }) =>
        waiter.locks.request('lock', { signal }, async () => 'taken'),
      );
      const failures = Promise.allSettled(waits);
      await pause(50);
      const start = performance.now();
      for (const controller of controllers) controller.abort(new Error('enough'));
      for (const outcome of await failures)
        expect(outcome).toMatchObject({ status: 'rejected', reason: new Error('enough') });
      expect(performance.now() - start).toBeLessThan(1000);
    });
    const [entry] = fs.readdirSync(path.join(directory, 'locks'));
    expect(fs.readdirSync(path.join(directory, 'locks', entry as string))).toEqual(['turn-1']);
  });

  it('end with an error when the store is closed', async () => {
    const [holder, waiter] = [await connect(), await connect()];
    await holder.locks.request('lock', {}, async () => {
      const waiting = waiter.locks.request('lock', {}, async () => 'taken').catch((error: unknown) => error);
      await pause(30);
      await waiter.close();
      expect(errorCode(await waiting)).toBe('storage-closed');
    });
  });

  it('may be for any name, which cannot leave the directory', async () => {
    const database = await connect();
    for (const name of ['../../escape', '', 'a/b', '\0', 'ü'.repeat(5000), '__proto__']) {
      expect(
        await database.locks.request(name, {}, async () => (await database.locks.query()).held),
      ).toMatchObject([{ name }]);
    }
    expect(fs.readdirSync(path.join(directory, '..'))).toEqual(['store']);
  });
});

describe('query', () => {
  it('names the held locks, and who has held them since when', async () => {
    const holder = new WorkerProcess('hold', directory, 'lock');
    await holder.hasWritten(1);
    const database = await connect();
    const { held } = await database.locks.query();
    expect(held).toEqual([
      { name: 'lock', clientId: expect.stringMatching(/^pid \d+ on .+ since \d{4}-.+Z$/) },
    ]);
    holder.kill('SIGKILL');
    await holder.ended;
    expect(await database.locks.query()).toEqual({ held: [] });
  });

  it('passes over what a system has put among the locks', async () => {
    const database = await connect();
    await database.locks.request('lock', {}, async () => {
      fs.writeFileSync(path.join(directory, 'locks', '.DS_Store'), 'as the Finder does');
      expect((await database.locks.query()).held).toMatchObject([{ name: 'lock' }]);
    });
  });
});
