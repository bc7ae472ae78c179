import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DirectoryChanges } from './directory-changes.js';
import { makeDirectory, namesIn, removeIfThere } from './file-system.js';
import { isGone } from './process-identity.js';
import { Succession } from './succession.js';
import { Ticket } from './ticket.js';
import { type ClaimFile, readClaim, Turn } from './turn.js';
import { TurnWatch } from './turn-watch.js';

const TURN = 'turn';
/** How long a free lock waits for the first in line before any other waiter may take it, in milliseconds. */
const PATIENCE = 250;

/** How one lock is asked for. */
export interface TurnOptions {
  /** Ends the wait at once. */
  readonly signal: AbortSignal;
  /** Takes the lock whoever has it. */
  readonly steal: boolean;
  /** How long a living process may show no sign of life before its lock is taken, in milliseconds. */
  readonly staleAfter: number;
}

/**
 * One lock among processes: a directory in which turn files follow one another. The current turn is held, unless its file
 * is empty, its process is gone, or it showed no sign of life for too long. Then whoever makes the next one has the lock;
 * only one can (see {@link Succession}), so there is nothing to repair, and nothing of another's to remove by mistake.
 */
export class LockFile {
  readonly #name: string;
  readonly #turns: Succession;

  /** @param directory that of all locks; the name is hashed, so it may be any string. */
  constructor(directory: string, name: string) {
    this.#name = name;
    this.#turns = new Succession(
      join(directory, createHash('sha256').update(name).digest('hex').slice(0, 32)),
      TURN,
    );
  }

  /** Waits in line for the turn. @throws the signal's reason when it is aborted. */
  async take(options: TurnOptions): Promise<Turn> {
    options.signal.throwIfAborted();
    makeDirectory(this.#turns.directory);
    const ticket = new Ticket(this.#turns.directory, this.#name);
    const changes = new DirectoryChanges(this.#turns.directory, TURN);
    const waiter = new Waiter(this.#turns, ticket, options);
    try {
      for (;;) {
        const turn = waiter.tryToTake();
        if (turn) return turn;
        await changes.next(options.signal);
      }
    } finally {
      changes.close();
      ticket.leave();
    }
  }
}

/** Whether the name of an entry in the directory of all locks is that of a lock: systems leave files of their own anywhere. */
export function isLockDirectory(name: string): boolean {
  return /^[\da-f]{32}$/.test(name);
}

/** The claim to the current turn in a lock's directory, where a process that may still run has it. */
export function holderOf(directory: string): ClaimFile['claim'] {
  const turns = new Succession(directory, TURN);
  const file = readClaim(turns.path(turns.current()));
  return file && !file.ended && file.claim && !isGone(file.claim) ? file.claim : undefined;
}

class Waiter {
  readonly #turns: Succession;
  readonly #ticket: Ticket;
  readonly #options: TurnOptions;
  readonly #watch: TurnWatch;
  #freeSince: number | undefined;

  constructor(turns: Succession, ticket: Ticket, options: TurnOptions) {
    this.#turns = turns;
    this.#ticket = ticket;
    this.#options = options;
    this.#watch = new TurnWatch(options.staleAfter);
  }

  tryToTake(): Turn | undefined {
    for (;;) {
      const names = namesIn(this.#turns.directory) ?? [];
      const tickets = this.#ticket.stand(names);
      const current = this.#turns.current(names);
      if (!this.#options.steal && !(this.#isFree(current) && this.#isNext(tickets))) return undefined;
      const turn = this.#take(current + 1);
      if (turn) return turn;
      // Another was quicker, or removed the ticket: look again.
    }
  }

  #isFree(current: number): boolean {
    const file = current === 0 ? undefined : readClaim(this.#turns.path(current));
    const free = current === 0 || (file !== undefined && this.#watch.isOver(current, file));
    this.#freeSince = free ? (this.#freeSince ?? performance.now()) : undefined;
    return free;
  }

  /** Whether it is this waiter's turn. One ahead that has ended, or does not take its turn, is sent out of the line. */
  #isNext(tickets: readonly string[]): boolean {
    for (const first of tickets) {
      if (first === this.#ticket.name) return true;
      const path = join(this.#turns.directory, first);
      const claim = readClaim(path)?.claim;
      const outOfPatience = performance.now() - (this.#freeSince ?? Number.POSITIVE_INFINITY) > PATIENCE;
      if (!outOfPatience && !(claim && isGone(claim))) return false;
      removeIfThere(path);
    }
    return false;
  }

  #take(number: number): Turn | undefined {
    // The ticket's file becomes that of the turn. It is opened before: with the turn taken, nothing may fail any more.
    const turn = Turn.begin(this.#ticket.path, this.#options.staleAfter / 5);
    if (turn === undefined) return undefined;
    try {
      if (this.#turns.succeed(this.#ticket.path, number)) {
        turn.openAs(this.#turns.path(number));
        this.#turns.forgetBefore(number);
        return turn;
      }
    } catch (error) {
      turn.end(); // It may have been taken: others need not wait for it.
      throw error;
    }
    turn.forgo();
    return undefined;
  }
}
