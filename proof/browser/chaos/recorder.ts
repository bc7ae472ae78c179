import { type Call, type Json, toText } from '../../src/history/call.js';
import type { Line } from './line.js';
import type { BegunCall } from './messages.js';

/** How long an actor may keep silent, in milliseconds. Time in which its tab is stopped does not count. */
const LONGEST_SILENCE = 25_000;

/** How often they are looked at, in milliseconds. What this process sleeps through does not count either. */
const LOOK = 250;

type Recorded = { -readonly [K in keyof Call]: Call[K] };

/** What is known of an actor. */
interface Actor {
  /** Its last call. */
  call?: Recorded;
  isUnderWay: boolean;
  silentFor: number;
  /** Whether it waits to be told that it may make its next call, which does not come. */
  isPaused: boolean;
}

/**
 * Records the calls of all actors, on the clock of this process. A call starts before its actor is told that it may make it, and
 * ends after its answer has come: the time recorded contains the time that it took, whatever the clocks of pages say.
 */
export class Recorder {
  readonly calls: Call[] = [];
  /** Who kept silent for too long, as text. */
  readonly hung: string[] = [];
  /** The tabs that can do nothing now. */
  readonly stopped = new Set<number>();
  readonly #actors = new Map<Line, Actor>();
  readonly #timer: NodeJS.Timeout = setInterval(() => this.#look(), LOOK);
  #isPaused = false;

  meet(line: Line): void {
    if (line.hello.role !== 'page')
      this.#actors.set(line, { isUnderWay: false, silentFor: 0, isPaused: false });
  }

  /** @returns whether the call may be made. */
  begin(line: Line, call: BegunCall): boolean {
    const actor = this.#actors.get(line);
    if (!actor) return false;
    if (this.#isPaused && line.hello.role === 'actor') {
      actor.isPaused = true;
      return false;
    }
    actor.call = { worker: line.name, ...call, start: performance.now() };
    actor.isUnderWay = true;
    actor.silentFor = 0;
    this.calls.push(actor.call);
    return true;
  }

  note(line: Line, noted: Json): void {
    const actor = this.#actors.get(line);
    if (actor?.call) actor.call.noted = noted;
  }

  end(line: Line, outcome: Json): void {
    const actor = this.#actors.get(line);
    if (actor?.call) Object.assign(actor.call, { outcome, end: performance.now() });
    if (actor) Object.assign(actor, { isUnderWay: false, silentFor: 0 });
  }

  /** The actor does not hang. */
  hear(line: Line): void {
    const actor = this.#actors.get(line);
    if (actor) actor.silentFor = 0;
  }

  /** The actor is gone. What it was about stays without an answer. */
  lose(line: Line): void {
    this.#actors.delete(line);
  }

  /** No call begins any more. Resolves when those under way have ended, or hang. */
  async pause(): Promise<void> {
    this.#isPaused = true;
    while ([...this.#actors.values()].some(({ isUnderWay }) => isUnderWay)) {
      await new Promise((resolve) => {
        setTimeout(resolve, LOOK);
      });
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    for (const [line, actor] of this.#actors) {
      if (actor.isPaused || this.stopped.has(line.hello.tab)) continue;
      actor.silentFor += LOOK;
      if (actor.silentFor < LONGEST_SILENCE) continue;
      const last = actor.call ? `its last call was ${toText(actor.call)}` : 'it has made no call';
      this.hung.push(`${line.name} keeps silent: ${last}`);
      this.#actors.delete(line);
    }
  }
}
