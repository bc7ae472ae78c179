import type { Id, LockedAlgorithmState } from '@trialbase/core';
import { experimentId, experimentRef } from './arguments.js';
import { Boom } from './errors.js';
import { lines } from './lines.js';
import type { Outcome, Replay } from './replay.js';
import { areSame } from './same.js';
import { orionsResult } from './shapes.js';
import { show } from './show.js';
import { decode, type Fields, type Step } from './trace.js';
import { leftByOrion } from './unlike-effects.js';

/** Replays the steps that take the algorithm lock, and those made while it is held. */
export class LockReplay {
  /** Whether the lock asked for last was marked as held though nobody held it; its document then. */
  foundLeft: Fields | undefined;
  /** Whether the holder that left last had lost its lock. */
  wasLost = false;
  readonly #replay: Replay;

  constructor(replay: Replay) {
    this.#replay = replay;
  }

  /** Holds the lock around the body, as Orion did. */
  async hold(step: Step, at: string): Promise<Outcome> {
    const { session } = this.#replay;
    const experiment = experimentId(session, step.args);
    const before = await session.storedLock(experiment);
    this.foundLeft = before?.['locked'] === 1 && !session.held.has(experiment) ? before : undefined;
    const boom = new Boom();
    const holding: { failure?: unknown; left?: Fields | undefined } = {};
    const callback = async (locked: LockedAlgorithmState): Promise<void> => {
      try {
        holding.left = await this.#inside(step, at, experiment, locked);
      } catch (error) {
        holding.failure = error;
      }
      if (step.raise) throw boom;
    };
    session.advance(Number(decode(step.waited) ?? 0));
    const outcome = await this.#acquire(step, experiment, callback);
    if (holding.failure !== undefined) throw holding.failure;
    if ('error' in outcome && outcome.error instanceof Boom && outcome.error !== boom)
      throw new Error('another error came out');
    if (holding.left && step.entered) await this.#compareExit(step, holding.left);
    return outcome;
  }

  async #acquire(
    step: Step,
    experiment: Id,
    callback: (locked: LockedAlgorithmState) => Promise<void>,
  ): Promise<Outcome> {
    const { session, parting } = this.#replay;
    // Orion waits on a clock that stands still. Here the time is real, and need not be long where nobody will come.
    const timeout = step.entered && !parting.hasTwoLocks(experiment) ? 5_000 : 60;
    try {
      await session.storage.acquireAlgorithmLock(
        experimentRef(session, step.args),
        { timeout, retryInterval: 10 },
        callback,
      );
      return { result: null };
    } catch (error) {
      return { error };
    }
  }

  /** @returns what Orion writes on leaving, if anything. */
  async #inside(
    step: Step,
    at: string,
    experiment: Id,
    locked: LockedAlgorithmState,
  ): Promise<Fields | undefined> {
    const { session, parting } = this.#replay;
    const name = step.as ?? '';
    const isNested = session.held.has(experiment);
    session.held.add(experiment);
    const found = structuredClone(locked.state);
    session.variables.set(name, locked);
    session.states.set(name, { found, current: found });
    if (step.lock && !parting.hasTwoLocks(experiment))
      expectSame(orionsResult('', step.lock), seenByHolder(locked));
    const token = (await session.storedLock(experiment))?.['token'];
    for (const [i, inner] of (step.body ?? []).entries()) await this.#replay.step(inner, `${at}.${i}`);
    if (!isNested) session.held.delete(experiment);
    const stored = await session.storedLock(experiment);
    this.wasLost = stored?.['token'] !== token;
    return parting.hasTwoLocks(experiment)
      ? undefined
      : leftByOrion(session, name, step.raise ?? null, stored);
  }

  async #compareExit(step: Step, { _id, ...orions }: Fields): Promise<void> {
    const { session, report } = this.#replay;
    const stored = (await session.all('algo')).find((lock) => lock['_id'] === _id);
    if (!stored) return;
    const { locked, heartbeat, state } = stored;
    if (areSame({ locked, heartbeat, state }, orions)) return;
    const otherwise = step.raise || state === null ? lines.state : lines.unset;
    report.lines.push(this.wasLost ? lines.owners : otherwise);
    await session.overwrite('algo', _id as Id, orions);
  }

  /** Orion's lock stays locked when its holder was killed. */
  async leaveLocked(): Promise<void> {
    const { _id, token: _token, ...orions } = this.foundLeft ?? {};
    await this.#replay.session.overwrite('algo', _id as Id, orions);
  }

  /** What a holder does to the state. */
  async call({ op, args }: Step): Promise<unknown> {
    const { session } = this.#replay;
    const name = (args['lock'] as { $var: string }).$var;
    const locked = session.variables.get(name) as LockedAlgorithmState;
    const orions = session.states.get(name);
    const value = decode(args['state'] ?? args['value'] ?? null);
    if (!orions) throw new Error(`nobody holds '${name}'`);
    switch (op) {
      case 'lock.get':
        return seenByHolder(locked);
      case 'lock.set_state':
        locked.setState(value);
        orions.current = value;
        return null;
      case 'lock.reset':
        locked.reset();
        orions.current = orions.found;
        return null;
      case 'lock.mutate':
        for (const state of [locked.state, orions.current])
          (state as Record<string, unknown>)[String(args['key'])] = value;
        return null;
      default:
        throw new Error(`the replay does not know the operation '${op}'`);
    }
  }
}

/** Orion tells its holders no heartbeat. */
function seenByHolder({ state, configuration, locked }: LockedAlgorithmState): Fields {
  return { $lock: { state, configuration, locked, heartbeat: null } };
}

function expectSame(orions: unknown, here: unknown): void {
  if (!areSame(orions, here)) throw new Error(`the lock is ${show(here)}, not ${show(orions)}`);
}
