import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { inDirectory } from 'bench/lifecycles';
import { messageFrom } from 'bench/message-from';
import type { Bar, Section } from 'bench/report';
import { fillInChild } from './child-store.js';
import type { Scale } from './scale.js';
import type { Assignment, Waits } from './sealing-child.js';

const program = fileURLToPath(new URL('sealing-child.js', import.meta.url));

/** How often the journal is written anew meanwhile. */
const GENERATIONS = 3;
/** How long a write may wait for it in either process, in milliseconds: not noticed by a search, while the processors are shared. */
const WAIT = 250;

interface Measured {
  readonly trials: number;
  /** Of the process that writes the journal anew. */
  readonly sealing: Waits;
  /** Of one that writes at the same time and leaves that to the other. */
  readonly other: Waits;
}

/** How long writes wait while a journal is sealed and written anew, as what it describes grows. */
export async function waitsForSeals({ sizes }: Scale): Promise<Section[]> {
  const measured: Measured[] = [];
  for (const trials of sizes) measured.push(await inDirectory((directory) => measure(directory, trials)));
  return [
    {
      title: 'How long a write waits where a journal is written anew, in ms',
      rows: measured.flatMap(({ trials, sealing, other }) => [
        rowOf(trials, 'the one that writes it anew', sealing),
        rowOf(trials, 'another', other),
      ]),
      notes: [
        `Two processes write to one store, a few hundred times a second each, until it has been written anew ${GENERATIONS} times.`,
      ],
      bars: measured.flatMap(({ trials, sealing, other }) => [
        barOf(`${trials.toLocaleString('en-US')} trials, the process that writes it anew`, sealing),
        barOf(`${trials.toLocaleString('en-US')} trials, another process`, other),
      ]),
    },
  ];
}

async function measure(directory: string, trials: number): Promise<Measured> {
  process.stderr.write(`  ${trials} trials\n`);
  await fillInChild(directory, { experiments: 1, trials });
  const assignment = { directory, generations: GENERATIONS };
  const children = [true, false].map((seals) => start({ ...assignment, seals }));
  await Promise.all(children.map((child) => messageFrom(child)));
  const ends = children.map((child) => messageFrom(child) as Promise<Waits>);
  for (const child of children) child.send('go');
  const [sealing, other] = await Promise.all(ends);
  return { trials, sealing: sealing as Waits, other: other as Waits };
}

function start(assignment: Assignment): ReturnType<typeof fork> {
  return fork(program, [JSON.stringify(assignment)]);
}

function rowOf(trials: number, writer: string, waits: Waits): Section['rows'][number] {
  return {
    trials,
    process: writer,
    writes: waits.writes,
    'at the median': waits.median,
    '999 of 1,000': waits.most,
    longest: waits.longest,
  };
}

function barOf(what: string, { longest }: Waits): Bar {
  return {
    name: `Writing anew: ${what}`,
    goal: WAIT,
    at: 'most',
    figure: longest,
    unit: 'ms at the longest',
  };
}
