import type { Trial } from '@trialbase/core';
import { finishedTrial, paramsOf, resultsOf } from '../../src/trials.js';
import { takeTurns } from './clock.js';
import { byLevel, type Call, type Contenders, type Level, levels } from './contenders.js';
import { EXPERIMENT } from './verbs.js';

/** Milliseconds a call, by verb and by who did it. */
export type RoundFigures = Record<string, Record<Level, number>>;

/** The contenders do a verb in turns, then the next one. */
export class Round {
  readonly #contenders: Contenders;
  readonly #size: number;
  readonly #number: number;
  /** Who comes first does so in another round last. */
  readonly #order: readonly Level[];
  readonly #figures: RoundFigures = {};

  /** @param size how often each contender does a verb. @param number of this round, from 0. */
  constructor(contenders: Contenders, size: number, number: number) {
    this.#contenders = contenders;
    this.#size = size;
    this.#number = number;
    const first = number % levels.length;
    this.#order = [...levels.slice(first), ...levels.slice(0, first)];
  }

  /** Leads trials through their lives, and removes them at the end. */
  async lives(): Promise<RoundFigures> {
    await this.#time('register', (level, i) => {
      const trial = { experiment: EXPERIMENT, params: this.#params(level, i), submit_time: new Date() };
      return (verbs) => verbs.register(trial);
    });
    let held = await this.#reserve('reserve');
    await this.#time('heartbeat', (level, i) => (verbs) => verbs.beat(held[level][i] as Trial));
    await this.#time(
      'set status',
      (level, i) => (verbs) => verbs.setStatus(held[level][i] as Trial, 'interrupted'),
    );
    held = await this.#reserve('reserve an interrupted one');
    await this.#time(
      'push results, completed',
      (level, i) => (verbs) => verbs.complete(held[level][i] as Trial, resultsOf(i)),
    );
    await this.#time('fetch one', (level, i) => (verbs) => verbs.get(held[level][i] as Trial));
    await this.#remove(held);
    return this.#figures;
  }

  /** What needs no trials of one's own. */
  async others(): Promise<RoundFigures> {
    await this.#time('fetch 100 by status', () => (verbs) => verbs.byStatus('broken'));
    await this.#time('count completed', () => (verbs) => verbs.countCompleted());
    await this.#time('lock, set state, release', (_, i) => (verbs) => verbs.useLock(paramsOf(i)));
    return this.#figures;
  }

  /** Registers many trials in one call, and removes them. */
  async many(): Promise<RoundFigures> {
    const registered = await this.#time(
      `register ${this.#size.toLocaleString('en-US')} in one call`,
      (level) => {
        const trials = Array.from({ length: this.#size }, (_, i) => ({
          ...finishedTrial(EXPERIMENT, i),
          params: this.#params(level, i),
        }));
        return (verbs) => verbs.registerAll(trials);
      },
      1,
    );
    await this.#remove(registered);
    return this.#figures;
  }

  async #reserve(verb: string): Promise<Record<Level, Trial[]>> {
    const held = await this.#time(verb, () => (verbs) => verbs.reserve());
    for (const level of levels)
      if (held[level].some((trial) => trial?.status !== 'reserved'))
        throw new Error(`${level} found nothing to reserve`);
    return held;
  }

  /** @returns what came of the calls: trials, where the verb gives trials. */
  async #time(
    verb: string,
    callFor: (level: Level, i: number) => Call,
    times: number = this.#size,
  ): Promise<Record<Level, Trial[]>> {
    const calls = byLevel((level) => Array.from({ length: times }, (_, i) => callFor(level, i)));
    const { milliseconds, results } = await takeTurns(this.#contenders, this.#order, calls);
    this.#figures[verb] = milliseconds;
    return byLevel((level) => results[level].flat() as Trial[]);
  }

  async #remove(trials: Record<Level, Trial[]>): Promise<void> {
    for (const level of levels)
      await this.#contenders[level].verbs.remove(trials[level].map(({ _id }) => _id));
  }

  /** Never the same in a round, nor those of a trial that is stored. */
  #params(level: Level, i: number) {
    const round = (this.#number + 1) * 10_000_000;
    return paramsOf(round + levels.indexOf(level) * 1_000_000 + i);
  }
}
