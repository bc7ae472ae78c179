import { execFile, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DocumentStorage } from '@trialbase/core';
import { openFile } from '@trialbase/file';
import { inDirectory } from 'bench/lifecycles';
import { messageFrom } from 'bench/message-from';
import type { Opened } from 'bench/opener';
import type { Bar, Section } from 'bench/report';
import { median } from 'bench/rounds';
import type { Assignment, Work } from 'bench/shared-store';
import { file } from 'bench/trialbase-stores';
import type { Scale } from './scale.js';

const run = promisify(execFile);
const writer = fileURLToPath(import.meta.resolve('bench/worker'));
const opener = fileURLToPath(import.meta.resolve('bench/opener'));

const WRITERS = 2;
/** Finished trials before they start. */
const PRESENT = 10_000;
/** So far apart begin the numbers of two writers' trials. */
const APART = 10_000_000;
/** As long as they write and warm up, this many times `seconds`. */
const STRETCH = 8;
/** So many times what it takes later, when nobody writes, may it take to open each trial of the store meanwhile: the processors are shared. */
const OPENING = 10;
/** How long a change may take at the median until who follows has it, in milliseconds, while the processors are all taken. */
const LAG = 250;

/** Opening a store and watching it while processes write to it as fast as they can. */
export async function followingWriters({ seconds }: Scale): Promise<Section[]> {
  return inDirectory(async (directory) => {
    const store = await file('relaxed').open(directory);
    await store.fill(0, PRESENT);
    await store.close();
    const follower = await Follower.start(directory);
    const openings: Opened[] = [];
    const writing = write(directory, seconds * STRETCH);
    const end = new AbortController();
    const done = writing.finally(() => end.abort());
    while (!end.signal.aborted) openings.push(await open(directory));
    const works = await done;
    const completed = works.reduce((sum, work) => sum + work.completed.length, 0);
    const seen = await follower.hasSeen(completed);
    const after = await open(directory);
    return [sectionOf({ completed, seen, lags: follower.lags, openings, after })];
  });
}

async function write(directory: string, seconds: number): Promise<Work[]> {
  const assignments = Array.from({ length: WRITERS }, (_, i) => {
    return { store: 'relaxed', directory, from: (i + 1) * APART, seconds } satisfies Assignment;
  });
  const children = assignments.map((assignment) => fork(writer, [JSON.stringify(assignment)]));
  await Promise.all(children.map((child) => messageFrom(child)));
  const works = children.map((child) => messageFrom(child) as Promise<Work>);
  for (const child of children) child.send('go');
  return Promise.all(works);
}

async function open(directory: string): Promise<Opened> {
  const { stdout } = await run(process.execPath, [opener, directory]);
  return JSON.parse(stdout) as Opened;
}

/** Watches the completed trials of a store from this process. */
class Follower {
  /** Milliseconds from the completion of each trial to its being seen here. */
  readonly lags: number[] = [];
  readonly #stop = new AbortController();
  #watching: Promise<void> | undefined;

  static async start(directory: string): Promise<Follower> {
    const storage = new DocumentStorage(await openFile({ path: directory }));
    const follower = new Follower();
    await new Promise<void>((resolve) => {
      follower.#watching = follower.#watch(storage, resolve).finally(() => storage.close());
    });
    return follower;
  }

  /** Waits until it has seen so many, or sees no more. @returns how many it saw. */
  async hasSeen(count: number): Promise<number> {
    for (let seen = -1; this.lags.length < count && this.lags.length > seen; ) {
      seen = this.lags.length;
      await new Promise((resolve) => setTimeout(resolve, 2_000));
    }
    this.#stop.abort();
    await this.#watching;
    return this.lags.length;
  }

  async #watch(storage: DocumentStorage, begun: () => void): Promise<void> {
    const seen = new Set<string>();
    const watched = { where: { status: 'completed' }, signal: this.#stop.signal };
    for await (const changes of storage.watchTrials({ uid: 'bench' }, watched)) {
      const now = Date.now();
      for (const change of changes) {
        if (change.kind !== 'added' || seen.has(change.trial.id)) continue;
        seen.add(change.trial.id);
        if (seen.size > PRESENT) this.lags.push(now - Number(change.trial.heartbeat));
      }
      begun();
    }
  }
}

interface Followed {
  readonly completed: number;
  readonly seen: number;
  readonly lags: readonly number[];
  readonly openings: readonly Opened[];
  /** Opening it when nobody writes any more. */
  readonly after: Opened;
}

function sectionOf({ completed, seen, lags, openings, after }: Followed): Section {
  const sorted = lags.toSorted((a, b) => a - b);
  const middle = lags.length >> 1;
  const costs = openings.map(({ milliseconds, trials }) => (milliseconds * 1_000) / trials);
  const idle = (after.milliseconds * 1_000) / after.trials;
  return {
    title: `A journal that ${WRITERS} processes write to at full speed, opened and watched by two others`,
    rows: [
      { what: 'trials completed meanwhile', figure: completed },
      { what: 'seen by who watches', figure: seen },
      { what: 'ms until it is seen, median', figure: median(sorted) },
      { what: 'ms until it is seen, 99 of 100', figure: sorted[Math.floor(sorted.length * 0.99)] ?? 0 },
      { what: 'the same median in the first half', figure: median(lags.slice(0, middle)) },
      { what: 'the same median in the second half', figure: median(lags.slice(middle)) },
      { what: 'times it was opened meanwhile', figure: openings.length },
      { what: 'µs a trial to open it meanwhile, median', figure: median(costs) },
      { what: 'µs a trial to open it when nobody writes', figure: idle },
    ],
    notes: [],
    bars: [
      bar('completed trials that were not seen', 0, completed - seen, 'trials'),
      bar('a change is seen', LAG, median(sorted), 'ms later, at the median'),
      bar('opening it meanwhile', OPENING, median(costs) / idle, '× what it takes when nobody writes'),
    ],
  };
}

function bar(name: string, goal: number, figure: number, unit: string): Bar {
  return { name: `Following a busy journal: ${name}`, goal, at: 'most', figure, unit };
}
