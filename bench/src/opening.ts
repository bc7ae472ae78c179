import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inDirectory } from './lifecycles.js';
import type { Opened } from './opener.js';
import type { Section } from './report.js';
import { median } from './rounds.js';
import type { Scale } from './scale.js';
import type { Store } from './store.js';
import { file } from './trialbase-stores.js';

const run = promisify(execFile);
const opener = fileURLToPath(new URL('opener.js', import.meta.url));

/** How long it takes to open a file store with many finished trials, and what memory they take. */
export async function benchOpening({ opened: trials, rounds }: Scale): Promise<Section> {
  const registered = await measure('registered as finished', (store) => store.fill(0, trials), rounds);
  const lived = await measure('lived through in the store', (store) => liveAll(store, trials), rounds);
  const both = [registered, lived];
  const many = trials.toLocaleString('en-US');
  return {
    title: `Opening a file store with ${many} finished trials`,
    rows: both.map(({ origin, milliseconds, bytes }) => ({
      trials: origin,
      ms: milliseconds,
      'bytes a trial': bytes / trials,
    })),
    notes: [],
    bars: both.flatMap(({ origin, milliseconds, bytes }) => [
      {
        name: `opening ${many} trials, ${origin}`,
        goal: 1_000,
        at: 'most',
        figure: milliseconds,
        unit: 'ms',
      },
      {
        name: `memory of ${many} trials, ${origin}`,
        goal: 1_500,
        at: 'most',
        figure: bytes / trials,
        unit: 'bytes a trial',
      },
    ]),
  };
}

interface Measured {
  readonly origin: string;
  readonly milliseconds: number;
  readonly bytes: number;
}

async function measure(
  origin: string,
  make: (store: Store) => Promise<void>,
  rounds: number,
): Promise<Measured> {
  return inDirectory(async (directory) => {
    const store = await file('relaxed').open(directory);
    await make(store);
    await store.close();
    const opened: Opened[] = [];
    for (let round = 0; round < rounds; round++) {
      const { stdout } = await run(process.execPath, [opener, directory]);
      opened.push(JSON.parse(stdout) as Opened);
    }
    return {
      origin,
      milliseconds: median(opened.map(({ milliseconds }) => milliseconds)),
      bytes: median(opened.map(({ bytes }) => bytes)),
    };
  });
}

async function liveAll(store: Store, trials: number): Promise<void> {
  for (let number = 0; number < trials; number++) await store.live(number);
}
