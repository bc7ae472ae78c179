import { readdirSync, rmSync } from 'node:fs';
import { type Experiment, type Trial, trialStatuses } from '@trialbase/core';
import { type Collection, collections, everything, type Fields } from '@trialbase/core/adapter';
import { openFile, salvage } from '@trialbase/file';

type Contents = Readonly<Record<Collection, readonly Fields[]>>;

/** Looks whether all in a store that nobody uses any more is as it has to be. @returns what is not. */
export async function inspect(store: string, scratch: string): Promise<string[]> {
  const contents = await read(store);
  const faults = [...violations(contents)];
  if (JSON.stringify(await read(store)) !== JSON.stringify(contents))
    faults.push('The store holds something else when it is opened again');
  const { documents, lostEffects } = await salvage(store, scratch);
  if (lostEffects > 0) faults.push(`${lostEffects} effects could not be salvaged`);
  for (const name of collections)
    if (documents[name] !== contents[name].length)
      faults.push(`Of ${contents[name].length} documents in '${name}', salvage finds ${documents[name]}`);
  rmSync(scratch, { recursive: true });
  const journals = readdirSync(store).filter((name) => name.startsWith('journal-'));
  if (journals.length !== 1) faults.push(`The store has ${journals.length} journals: ${journals.join(', ')}`);
  return faults;
}

async function read(path: string): Promise<Contents> {
  const database = await openFile({ path });
  try {
    const all = (name: Collection): Promise<Fields[]> => database.find(name, everything);
    const [experiments, trials, algo, benchmarks] = await Promise.all([
      all('experiments'),
      all('trials'),
      all('algo'),
      all('benchmarks'),
    ]);
    return { experiments, trials, algo, benchmarks };
  } finally {
    await database.close();
  }
}

function* violations({ experiments, trials, algo }: Contents): Generator<string> {
  const known = new Set((experiments as Experiment[]).map(({ _id }) => _id));
  const points = new Set<string>();
  for (const trial of trials as unknown as Trial[]) {
    const point = `${trial.experiment}/${trial.id}`;
    if (points.has(point)) yield `The trial ${point} is there twice`;
    points.add(point);
    if (!known.has(trial.experiment)) yield `The trial ${point} is of no experiment`;
    if (!trialStatuses.includes(trial.status)) yield `The trial ${point} has the status ${trial.status}`;
    if (trial.status === 'reserved' && !trial.reservation) yield `The trial ${point} is reserved by nobody`;
    if (trial.status === 'completed' && !trial.results.some(({ type }) => type === 'objective'))
      yield `The trial ${point} is completed without an objective`;
  }
  const locks = algo.map(({ experiment }) => experiment);
  if (new Set(locks).size !== locks.length) yield 'An experiment has two algorithm locks';
  if (locks.length !== known.size) yield `${known.size} experiments have ${locks.length} algorithm locks`;
}
