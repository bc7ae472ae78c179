import type { Id, Trial } from '@trialbase/core';
import { type Collection, collections, type OpenDatabase } from '@trialbase/core/adapter';
import { calls } from './calls.js';
import { departures } from './departures.js';
import { meansTheSame } from './errors.js';
import { lines } from './lines.js';
import { LockReplay } from './lock-replay.js';
import { Parting } from './parting.js';
import type { Report } from './report.js';
import { areSame } from './same.js';
import { Session } from './session.js';
import { collectionOf, inOrionsShape, orionsResult } from './shapes.js';
import { show } from './show.js';
import { dateOf, decode, type Fields, type Step, type Trace } from './trace.js';
import { linesBetween } from './translations.js';
import { noCounterpart, trialCalls } from './trial-calls.js';
import { watch } from './unlike-effects.js';

export type Outcome = { readonly result: unknown } | { readonly error: unknown };

/** The outcome of a step in both worlds. Values are in Orion's shape. */
export interface Difference {
  readonly replay: Replay;
  readonly step: Step;
  readonly orion: { readonly result?: unknown; readonly error?: string };
  readonly here: { readonly result?: unknown; readonly error?: unknown };
  /** What the storage returned, as it returned it. */
  readonly returned: unknown;
}

/**
 * Replays a trace. Each step has Orion's outcome, or departs from it as a line of the design says; then the store is
 * brought to where Orion's is, so that all steps to come, and the documents at the end, are compared with Orion's.
 */
export class Replay {
  readonly session: Session;
  readonly parting: Parting;
  readonly locks: LockReplay = new LockReplay(this);
  readonly report: Report = { outcomes: [], lines: [] };
  /** Whether Orion's indexes hold what the documents do: not without `setup`, nor after an update of a key. */
  hasRightIndexes: boolean;
  /** Whether Orion has let somebody write what it cannot read. */
  isPoisoned = false;
  readonly #trace: Trace;

  constructor(trace: Trace, database: OpenDatabase) {
    this.#trace = trace;
    this.session = new Session(database);
    this.parting = new Parting(trace);
    this.hasRightIndexes = trace.setup;
  }

  async run(): Promise<Report> {
    for (const [i, step] of this.#trace.steps.entries()) await this.step(step, `${i}`);
    for (const collection of collections) await this.#compareFinal(collection);
    return this.report;
  }

  /** @param at the number of the step, for those who look for it. */
  async step(step: Step, at: string): Promise<void> {
    this.session.setClock(dateOf(step.now));
    const reason = noCounterpart(step.op, step.args);
    if (reason === undefined) await this.#compare(step, at);
    else await this.#passOver(step, reason);
    this.session.advance(this.#trace.tick);
  }

  async #compare(step: Step, at: string): Promise<void> {
    const after = await watch(this, step);
    const before = await this.session.content();
    const outcome = step.op === 'with_lock' ? await this.locks.hold(step, at) : await this.#call(step);
    if ('error' in outcome && step.op !== 'with_lock' && !areSame(await this.session.content(), before)) {
      this.#fail(
        `step ${at}, ${step.op}: it failed, yet changed the store from`,
        show(before),
        'to',
        show(await this.session.content()),
      );
    }
    const returned = 'result' in outcome ? outcome.result : undefined;
    this.#learn(step, returned);
    const difference: Difference = {
      replay: this,
      step,
      orion: this.#orions(step),
      here: this.#shaped(step, outcome),
      returned,
    };
    const isSame = this.#isSame(difference);
    this.report.outcomes.push(
      isSame ? 'steps with Orion’s outcome' : 'steps that depart by a line of the design',
    );
    if (!isSame) await this.#depart(difference, at);
    if (step.args_after) this.report.lines.push(lines.arguments);
    await after(difference);
    if (step.as !== undefined && step.op !== 'with_lock' && !step.error) this.#bind(step.as, step, returned);
  }

  async #call(step: Step): Promise<Outcome> {
    const { op, args } = step;
    const call = calls[op] ?? trialCalls[op] ?? (() => this.locks.call(step));
    const before = this.session.copiesIn(args);
    try {
      return { result: await call(this.session, args, step) };
    } catch (error) {
      return { error };
    } finally {
      const isEdit = op === 'trial.set';
      if (!isEdit && !areSame(this.session.copiesIn(args), before))
        this.#fail(`${op} changed its arguments: ${show(before)}`);
    }
  }

  #orions({ op, result, error }: Step): Difference['orion'] {
    if (error) return { error: error.class };
    const shaped = orionsResult(op, result);
    return {
      result: Array.isArray(shaped) ? this.parting.ofOrions(collectionOf(op), shaped as Fields[]) : shaped,
    };
  }

  #shaped({ op }: Step, outcome: Outcome): Difference['here'] {
    if ('error' in outcome) return outcome;
    const shaped = inOrionsShape(this.session, op, outcome.result);
    return {
      result: Array.isArray(shaped) ? this.parting.ofHere(collectionOf(op), shaped as Fields[]) : shaped,
    };
  }

  #isSame({ step, orion, here }: Difference): boolean {
    if (step.error) return 'error' in here && meansTheSame(step.error.class, here.error);
    return 'result' in here && areSame(orion.result, here.result);
  }

  async #depart(difference: Difference, at: string): Promise<void> {
    const between = linesBetween(difference);
    this.report.lines.push(...between);
    if (between.length > 0) return;
    for (const departure of departures) {
      if (!(await departure.covers(difference))) continue;
      this.report.lines.push(departure.line);
      await departure.catchUp?.(difference);
      return;
    }
    const { step, orion, here } = difference;
    this.#fail(
      `step ${at}, ${step.op}: no line of the design covers this difference`,
      `arguments: ${show(step.args)}`,
      `Orion: ${show(orion)} ${step.error?.message ?? ''}`,
      `here: ${show(here)}`,
    );
  }

  /** Which ids Orion has for what was created here too. */
  #learn({ op, args, args_after, result }: Step, returned: unknown): void {
    if (returned === undefined || result === undefined) return;
    const { ids } = this.session;
    const here = returned as Trial;
    if (op === 'register_trial' || op === 'trial.new') {
      const orions = decode(result) as Trial;
      if (ids.learnHash(orions, here)) this.report.lines.push(lines.python);
      if (op === 'register_trial') ids.learn('trials', orions._id, here._id);
    }
    if (op === 'create_experiment' || op === 'create_benchmark') {
      const { _id } = (args_after?.['config'] ?? args['config']) as { readonly _id: Id };
      ids.learn(op === 'create_benchmark' ? 'benchmarks' : 'experiments', _id, here._id);
    }
  }

  /** Binds the result to the name; Orion's, where there is none here. */
  #bind(name: string, step: Step, returned: unknown): void {
    const { ids, variables } = this.session;
    if (step.op === 'list') variables.set(name, returned);
    else if (returned !== undefined) variables.set(name, structuredClone(returned));
    else variables.set(name, ids.inQuery('trials', decode(step.result)));
  }

  /** A step without a counterpart. Where Orion's database was written to, so is the storage, as near as can be. */
  async #passOver(step: Step, reason: string): Promise<void> {
    this.report.outcomes.push(`steps without a counterpart: ${reason}`);
    const { method, args } = step.args as {
      method?: string;
      args?: { collection_name: string; data: Fields; query?: Fields };
    };
    if (method !== 'write' || args?.collection_name !== 'experiments' || args.query?.['_id'] === undefined)
      return;
    const uid = this.session.ids.here('experiments', args.query['_id']);
    await this.session.storage.updateExperiment({ uid }, decode(args.data) as Fields);
  }

  async #compareFinal(collection: Collection): Promise<void> {
    const { ids } = this.session;
    const key = collection === 'algo' ? 'experiment' : '_id';
    const keyed = (documents: readonly Fields[]): Map<string, Fields> =>
      new Map(
        documents.map((document) => [
          String(document[key]),
          collection === 'algo' ? { ...document, _id: null } : document,
        ]),
      );
    const stored = (await this.session.all(collection)).map((document) =>
      ids.inDocument(collection, document),
    );
    const here = keyed(this.parting.ofHere(collection, stored));
    const orions = keyed(
      this.parting.ofOrions(collection, decode(this.#trace.final[collection] ?? []) as Fields[]),
    );
    for (const id of new Set([...orions.keys(), ...here.keys()])) {
      if (areSame(orions.get(id), here.get(id))) continue;
      this.#fail(
        `at the end, ${collection} ${id}`,
        `Orion: ${show(orions.get(id))}`,
        `here: ${show(here.get(id))}`,
      );
    }
  }

  #fail(...sentences: readonly string[]): never {
    throw new Error(`${this.#trace.name}: ${sentences.join('\n')}`);
  }
}
