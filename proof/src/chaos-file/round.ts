import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Call } from '../history/call.js';
import { checkHistory } from '../history/check-history.js';
import type { PlantedFault } from '../workload/planted-fault.js';
import { Random } from '../workload/random.js';
import { copyAndLook } from './copying.js';
import { inspect } from './inspection.js';
import type { Life } from './life.js';
import { look } from './recorded-look.js';
import { SmallDisk } from './small-disk.js';
import { buildWorker } from './worker-program.js';
import { WorkerSlot } from './worker-slot.js';

/** One store, and what is done to it. */
export interface Round {
  readonly seed: number;
  readonly seconds: number;
  /** Whether workers are killed, stopped and so on. Default: yes. */
  readonly calm?: boolean;
  /** How many kills and calls there are to be, however long that takes: on a busy machine a worker takes a while to start. Default: 0. */
  readonly least?: { readonly kills?: number; readonly calls?: number };
  readonly workers: number;
  readonly durability: 'relaxed' | 'strict';
  readonly exclusive: boolean;
  /** Of how many writes to the disk one fails; 0 for none. */
  readonly diskFaults: number;
  /** Whether the disk is a small one, which is filled up now and then. */
  readonly smallDisk: boolean;
  /** What is broken in the workers, to see that it is found. */
  readonly planted?: PlantedFault;
}

/** What was done in a round, and what came of it. */
export interface RoundResult {
  readonly kills: number;
  readonly stops: number;
  readonly copies: number;
  readonly fillings: number;
  readonly lives: number;
  readonly calls: number;
  readonly unanswered: number;
  readonly objects: number;
  /** How often the journal was written anew. */
  readonly generations: number;
  /** The calls to the disk that were made to fail or fall short. */
  readonly diskFaults: readonly string[];
  readonly faults: readonly string[];
}

/** Lets workers work on a fresh store in an empty directory while they are disturbed, and then looks at what they leave. */
export async function runRound(directory: string, round: Round): Promise<RoundResult> {
  mkdirSync(join(directory, 'logs'), { recursive: true });
  const disturbance = new Disturbance(directory, round, await buildWorker(directory));
  try {
    return await disturbance.run();
  } finally {
    disturbance.cleanUp();
  }
}

/** How long a worker may take to end in good order, in milliseconds. */
const TIME_TO_END = 20_000;

class Disturbance {
  readonly #directory: string;
  readonly #round: Round;
  readonly #random: Random;
  readonly #disk: SmallDisk | undefined;
  readonly #store: string;
  readonly #slots: readonly WorkerSlot[];
  /** Stopped workers that are still to go on, and a full disk that is still to be emptied. */
  readonly #pending: Promise<void>[] = [];
  readonly #calls: Call[] = [];
  readonly #faults: string[] = [];
  #kills = 0;
  #stops = 0;
  #copies = 0;
  #fillings = 0;

  constructor(directory: string, round: Round, program: string) {
    this.#directory = directory;
    this.#round = round;
    this.#random = new Random(round.seed);
    this.#disk = round.smallDisk ? SmallDisk.mount(join(directory, 'disk'), 48) : undefined;
    this.#store = join(this.#disk?.path ?? directory, 'store');
    this.#slots = Array.from(
      { length: round.workers },
      (_, i) => new WorkerSlot(program, (life) => this.#planOf(i, life)),
    );
  }

  async run(): Promise<RoundResult> {
    for (const slot of this.#slots) slot.start();
    const end = performance.now() + 1000 * this.#round.seconds;
    while (performance.now() < end || !this.#isEnough()) {
      await sleep(this.#random.integer(20, 200));
      await this.#disturb();
    }
    await Promise.all(this.#pending);
    await Promise.all(this.#slots.map((slot) => slot.end(TIME_TO_END)));
    return this.#result();
  }

  #isEnough(): boolean {
    const { kills = 0, calls = 0 } = this.#round.least ?? {};
    if (this.#kills < kills) return false;
    return calls === 0 || this.#slots.reduce((sum, slot) => sum + slot.calls().length, 0) >= calls;
  }

  cleanUp(): void {
    this.#disk?.unmount();
  }

  #planOf(i: number, life: number): Life {
    const { durability, exclusive, diskFaults, planted, seed, smallDisk } = this.#round;
    const worker = `w${i + 1}`;
    const name = `${worker}.${life}`;
    const log = join(this.#directory, 'logs', name);
    const common = {
      store: this.#store,
      log,
      worker,
      name,
      durability,
      exclusive,
      diskFaults,
      mayBeTroubled: smallDisk || diskFaults > 0,
      work: 'search',
    } as const;
    return { ...common, seed: seed + 1000 * (i + 1) + life, ...(planted && { planted }) };
  }

  async #disturb(): Promise<void> {
    const choice = this.#random.integer(1, 20);
    const [first, ...others] = this.#slots.filter(({ isAtWork }) => isAtWork);
    if (!first || this.#round.calm) return;
    const slot = this.#random.pick([first, ...others]);
    if (choice <= 13) await this.#kill(slot);
    else if (choice <= 17) this.#stop(slot, this.#random.integer(20, 2500));
    else if (choice <= 18) await this.#copy();
    else if (this.#disk) this.#fill(this.#disk, this.#random.integer(50, 800));
  }

  async #kill(slot: WorkerSlot): Promise<void> {
    this.#kills += 1;
    await slot.killAndStart();
  }

  /** Unless it is killed meanwhile, it goes on when its trial and its locks may be others' already. */
  #stop(slot: WorkerSlot, milliseconds: number): void {
    this.#stops += 1;
    slot.stop();
    this.#later(milliseconds, () => slot.goOn());
  }

  async #copy(): Promise<void> {
    this.#copies += 1;
    const name = `copy-${this.#copies}`;
    try {
      this.#calls.push(...(await copyAndLook(this.#store, this.#directory, name)));
    } catch (error) {
      this.#faults.push(`The copy '${name}' cannot be opened: ${String(error)}`);
    }
  }

  #fill(disk: SmallDisk, milliseconds: number): void {
    this.#fillings += 1;
    disk.fill();
    this.#later(milliseconds, () => disk.makeRoom());
  }

  #later(milliseconds: number, action: () => void): void {
    this.#pending.push(sleep(milliseconds).then(action));
  }

  async #result(): Promise<RoundResult> {
    const faults = [...this.#faults, ...this.#slots.flatMap((slot) => slot.faults)];
    const recorded = [...this.#calls, ...this.#slots.flatMap((slot) => slot.calls())];
    try {
      recorded.push(...(await look(this.#store, 'the end')));
      faults.push(...(await inspect(this.#store, join(this.#directory, 'salvaged'))));
    } catch (error) {
      faults.push(`The store cannot be opened in the end: ${String(error)}`);
    }
    const history = checkHistory(recorded);
    return {
      kills: this.#kills,
      stops: this.#stops,
      copies: this.#copies,
      fillings: this.#fillings,
      lives: this.#slots.reduce((sum, { lives }) => sum + lives, 0),
      calls: history.calls,
      unanswered: recorded.filter(({ end }) => end === undefined).length,
      objects: history.objects,
      generations: Math.max(
        ...readdirSync(this.#store).map((name) => Number(/^journal-(\d+)$/.exec(name)?.[1] ?? 0)),
      ),
      diskFaults: this.#slots.flatMap((slot) => slot.diskFaults()),
      faults: [...faults, ...history.faults],
    };
  }
}
