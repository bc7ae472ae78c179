import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HEARTBEAT } from 'digits';
import { beforeAll, describe, expect, it } from 'vitest';
import { build, Run, TestStore } from './run.js';

const TIME = 60_000;

/** What starts a sequence of colour or of cursor movement. */
const ESCAPE = String.fromCharCode(27);

describe('tuning the digits', { timeout: TIME }, () => {
  beforeAll(build, TIME);

  it('ends by itself, in plain lines; then shows the same again, goes on, or starts over', async () => {
    await using store = new TestStore();
    const first = new Run('--store', store.path, '--trials', '2', '--workers', '2', '--seed', '1');
    expect(await first.ended(), first.output).toBe(0);
    expect(first.output).toMatch(/^2\/2 trials/m);
    expect(first.output).toMatch(/^Test accuracy 0\.\d{4}/m);
    expect(first.output).not.toContain(ESCAPE);
    const trials = await store.trials();
    expect(trials.map(({ status }) => status)).toEqual(Array.from({ length: 2 }, () => 'completed'));

    const again = new Run('--store', store.path);
    expect(await again.ended(), again.output).toBe(0);
    expect(again.output).toContain('is finished: 2 trials');
    expect(accuracyIn(again.output)).toBe(accuracyIn(first.output));
    expect(await store.trials()).toEqual(trials);

    const more = new Run('--store', store.path, '--trials', '3');
    expect(await more.ended(), more.output).toBe(0);
    expect((await store.trials()).slice(0, 2)).toEqual(trials);
    expect(await store.completed()).toHaveLength(3);

    const otherSeed = new Run('--store', store.path, '--seed', '2');
    expect(await otherSeed.ended(), otherSeed.output).toBe(2);
    expect(otherSeed.output).toContain('begun with the seed 1, not 2');

    const fresh = new Run('--store', store.path, '--fresh', '--trials', '1', '--seed', '1');
    expect(await fresh.ended(), fresh.output).toBe(0);
    expect((await store.trials()).map(({ id }) => id)).toEqual([trials[0]?.id]);
  });

  it('survives the death of a worker, whose trial another one finishes', async () => {
    await using store = new TestStore();
    const run = new Run('--store', store.path, '--trials', '4', '--workers', '2', '--seed', '1');
    const ended = run.ended();
    const { trial, worker } = await killOneAtWork(store);
    const killed = Date.now();
    store.watch();
    expect(await ended, run.output).toBe(0);
    expect(run.output).toContain(`${worker} died`);

    const trials = await store.trials();
    expect(trials.map(({ status }) => status)).toEqual(Array.from({ length: 4 }, () => 'completed'));
    const orphan = trials.find(({ id }) => id === trial);
    expect(orphan?.worker).not.toBe(`pid-${worker}`);
    // Not before its heart had been still for five beats, the last of which came at most one before the kill.
    expect(orphan?.start_time?.getTime()).toBeGreaterThan(killed + 3.5 * HEARTBEAT);
    for (const [id, reservations] of store.reservations) expect(reservations.size).toBe(id === trial ? 2 : 1);
  });

  it('stops at Ctrl-C with every trial given back, and goes on from there', async () => {
    await using store = new TestStore();
    const args = ['--store', store.path, '--trials', '4', '--workers', '2', '--seed', '1'];
    let before = await store.completed();
    for (const whom of ['group', 'parent'] as const) {
      const run = new Run(...args);
      const goal = before.length + 1;
      while ((await store.completed()).length < goal) await sleep(20);
      run.interrupt(whom);
      expect(await run.ended(), run.output).toBe(130);
      expect(run.output).toContain('Nothing is lost');

      const after = await store.trials();
      expect(after.filter(({ status }) => status === 'reserved')).toEqual([]);
      expect(after).toEqual(expect.arrayContaining(before));
      before = await store.completed();
    }
    const last = new Run(...args);
    expect(await last.ended(), last.output).toBe(0);
    expect(await store.completed()).toHaveLength(4);
    expect(await store.trials()).toEqual(expect.arrayContaining(before));
  });

  it('leaves a directory alone that holds something else', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'no-store-'));
    writeFileSync(join(directory, 'letter.txt'), 'precious');
    const run = new Run('--store', directory, '--fresh');
    expect(await run.ended()).toBe(2);
    expect(run.output).toContain('is no store');
    expect(readdirSync(directory)).toEqual(['letter.txt']);
    rmSync(directory, { recursive: true });
  });

  it.each([
    [['--workers', '0'], 'whole number from 1 to 256'],
    [['--trials', 'many'], 'whole number from 1 up'],
    [['--seed', '-1'], 'whole number from 0 up'],
    [['--nonsense'], "unknown option '--nonsense'"],
    [['left-over'], 'too many arguments'],
  ])('refuses %j, and says why', async (args, message) => {
    const run = new Run(...args);
    expect(await run.ended()).toBe(2);
    expect(run.output).toContain(message);
  });
});

function accuracyIn(output: string): string | undefined {
  return /Test accuracy (\S+)/.exec(output)?.[1];
}

/** Kills a worker that holds a trial. It is stopped first, so that it cannot finish the trial meanwhile. */
async function killOneAtWork(store: TestStore): Promise<{ trial: string; worker: number }> {
  for (;;) {
    const candidate = (await store.trials()).find(({ status }) => status === 'reserved');
    if (candidate) {
      const worker = Number(candidate.worker?.replace('pid-', ''));
      process.kill(worker, 'SIGSTOP');
      const held = (await store.trials()).find(({ id }) => id === candidate.id);
      process.kill(worker, held?.status === 'reserved' ? 'SIGKILL' : 'SIGCONT');
      if (held?.status === 'reserved') return { trial: candidate.id, worker };
    }
    await sleep(20);
  }
}
