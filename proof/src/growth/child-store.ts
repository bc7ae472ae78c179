import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { messageFrom } from 'bench/message-from';
import type { Subject } from './call-costs.js';
import type { Population } from './filled-store.js';
import type { Cost } from './probe.js';

/** What a child is to do: fill a store that is new and end, or have one open and obey orders. */
export interface Assignment {
  readonly task: 'fill' | 'measure';
  readonly kind: 'memory' | 'file';
  readonly directory: string;
  readonly population: Population;
}

/** What opening a store cost. */
export interface Opened {
  readonly milliseconds: number;
  /** Bytes that the process holds more than before, garbage collected: on its heap and outside. */
  readonly heap: number;
  /** Bytes that the process takes of the machine's memory more than before. */
  readonly resident: number;
}

/** To be answered with what a call cost. */
export interface Order {
  readonly probe: number;
  readonly times: number;
}

const program = fileURLToPath(new URL('child.js', import.meta.url));

/** So much may be on a child's heap, in megabytes: a million trials, and all of them once more where they are fetched. */
const HEAP = 8_192;

/** Fills a store in a directory that is empty. */
export async function fillInChild(directory: string, population: Population): Promise<void> {
  const [code] = await once(start({ task: 'fill', kind: 'file', directory, population }), 'exit');
  if (code !== 0) throw new Error(`The process that filled '${directory}' ended with ${String(code)}`);
}

/** A store in a process of its own, whose memory is the store's alone. */
export class ChildStore implements Subject {
  readonly population: Population;
  readonly opened: Opened;
  readonly #child: ChildProcess;

  static async open(assignment: Omit<Assignment, 'task'>): Promise<ChildStore> {
    const child = start({ task: 'measure', ...assignment });
    return new ChildStore(assignment.population, child, (await messageFrom(child)) as Opened);
  }

  private constructor(population: Population, child: ChildProcess, opened: Opened) {
    this.population = population;
    this.opened = opened;
    this.#child = child;
  }

  async run(probe: number, times: number): Promise<Cost> {
    const answered = messageFrom(this.#child);
    this.#child.send({ probe, times } satisfies Order);
    return (await answered) as Cost;
  }

  /** Ends the process. */
  async end(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill();
    await ended;
  }
}

function start(assignment: Assignment): ChildProcess {
  return fork(program, [JSON.stringify(assignment)], { execArgv: [`--max-old-space-size=${HEAP}`] });
}
