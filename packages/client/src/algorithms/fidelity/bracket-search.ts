import type { Trial } from '@trialbase/core';
import type { AnyParams } from '../../space/param-types.js';
import { pointOf, type Space } from '../../space/space.js';
import type { Algorithm, AlgorithmDefinition } from '../algorithm.js';
import { outcomeOf } from '../outcome.js';
import { progressOf } from './bracket.js';
import { ConfigurationSource } from './configuration-source.js';
import { type Contender, isBefore } from './contender.js';
import type { Ladder } from './ladder.js';
import { type BracketPlan, Lineup } from './lineup.js';

/**
 * Brackets of successive halving, one after the other. Which configurations make a bracket follows from where and when
 * they began, so that workers need to share no more than the state of the sampler. Where a bracket has to wait for trials
 * that are under way, the next one begins.
 */
export class BracketSearch implements Algorithm {
  readonly needsObservations = true;
  readonly #ladder: Ladder;
  readonly #source: ConfigurationSource;
  readonly #lineups: readonly Lineup[];
  readonly #contenders = new Map<string, Contender>();
  /** Those none of whose trials has ended. */
  readonly #unproved = new Set<Contender>();

  /** @param plans the brackets, in the order in which they take turns. */
  constructor(space: Space, ladder: Ladder, plans: readonly BracketPlan[], sampler: AlgorithmDefinition) {
    this.#ladder = ladder;
    this.#source = new ConfigurationSource(space, ladder, sampler);
    this.#lineups = plans.map((plan) => new Lineup(plan));
  }

  suggest(count: number, pending: readonly Trial[]): AnyParams[] {
    const open = this.#noteOpen(pending);
    const climbing = this.#climb(count, open, false);
    const wanted = count - climbing.length;
    const fresh = this.#source.next(wanted, pending, (key) => this.#contenders.has(key));
    const starts = this.#nextStarts(fresh.length);
    const starting = fresh.map((point, i) => this.#ladder.at(point, starts[i] as number));
    const points = [...climbing, ...starting];
    // Where there are no more configurations, brackets that are short of some go on without them.
    return points.length > 0 ? points : this.#climb(count, open, true);
  }

  observe(trials: readonly Trial[]): void {
    this.#source.observe(trials);
    for (const trial of trials) {
      const place = this.#note(trial);
      if (!place) continue;
      place.contender.outcomes[place.rung] = outcomeOf(trial) ?? 'broken';
      this.#unproved.delete(place.contender);
    }
  }

  state(): unknown {
    return this.#source.state();
  }

  setState(state: unknown): void {
    this.#source.setState(state);
  }

  /** Points for the next rungs, `count` at most, which are then open too. */
  #climb(count: number, open: Open, allowShort: boolean): AnyParams[] {
    const points: AnyParams[] = [];
    const isOpen = (contender: Contender, rung: number): boolean => open.get(contender)?.has(rung) ?? false;
    for (const lineup of this.#lineups) {
      const { rung: first, size } = lineup.plan;
      for (const [number, contenders] of lineup.brackets()) {
        const isWhole = contenders.length === size;
        if (points.length >= count || !(isWhole || allowShort)) break;
        const progress = progressOf(contenders, first, this.#ladder, isOpen);
        if (progress.kind === 'finished' && isWhole) lineup.finish(number);
        if (progress.kind !== 'climb') continue;
        for (const contender of progress.contenders.slice(0, count - points.length)) {
          points.push(this.#ladder.at(contender.point, progress.rung));
        }
      }
    }
    return points;
  }

  /** The rungs on which the next new configurations begin: a bracket is filled up before the next one begins. */
  #nextStarts(count: number): number[] {
    const lengths = this.#lineups.map(({ length }) => length);
    return Array.from({ length: count }, () => {
      const begun = this.#lineups.map(({ plan: { size } }, i) => (lengths[i] as number) / size);
      const short = begun.findIndex((brackets) => !Number.isInteger(brackets));
      const next = short < 0 ? begun.indexOf(Math.min(...begun)) : short;
      lengths[next] = (lengths[next] as number) + 1;
      return (this.#lineups[next] as Lineup).plan.rung;
    });
  }

  /** Takes up what is under way, and lets go of what was and has gone without having ended. */
  #noteOpen(pending: readonly Trial[]): Open {
    const open: Open = new Map();
    for (const trial of pending) {
      const place = this.#note(trial);
      if (!place) continue;
      const { contender, rung } = place;
      open.set(contender, (open.get(contender) ?? new Set()).add(rung));
    }
    for (const contender of this.#unproved) {
      if (open.has(contender)) continue;
      this.#unproved.delete(contender);
      this.#contenders.delete(contender.key);
      this.#lineupOf(contender)?.remove(contender);
    }
    return open;
  }

  /** The configuration of a trial, and its rung; `undefined` where its fidelity is none of the levels. */
  #note(trial: Trial): { readonly contender: Contender; readonly rung: number } | undefined {
    const point = pointOf(trial);
    const rung = this.#ladder.rungOf(point);
    if (rung === undefined) return undefined;
    const key = this.#ladder.keyOf(point);
    const start = { rung, time: trial.submit_time?.getTime() ?? 0, id: String(trial._id) };
    const known = this.#contenders.get(key);
    if (known) {
      if (isBefore(start, known.start)) this.#move(known, start);
      return { contender: known, rung };
    }
    const contender: Contender = { key, point, outcomes: [], start };
    this.#contenders.set(key, contender);
    this.#unproved.add(contender);
    this.#lineupOf(contender)?.add(contender);
    return { contender, rung };
  }

  #move(contender: Contender, start: Contender['start']): void {
    this.#lineupOf(contender)?.remove(contender);
    contender.start = start;
    this.#lineupOf(contender)?.add(contender);
  }

  #lineupOf({ start }: Contender): Lineup | undefined {
    return this.#lineups.find(({ plan }) => plan.rung === start.rung);
  }
}

/** On which rungs configurations are under way. */
type Open = Map<Contender, Set<number>>;
