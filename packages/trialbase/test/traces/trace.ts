import { decoded, pythonTags, readVectors, type Tags } from '../../../core/test/vectors/read-vectors.js';

/** A recording of calls on Orion's storage, with the outcome of each. */
export interface Trace {
  readonly name: string;
  /** Whether it shows behaviour from which the design parts on purpose. */
  readonly quirk: boolean;
  /** Whether Orion had made its unique indexes. */
  readonly setup: boolean;
  /** By how many seconds the clock moves on after each step. */
  readonly tick: number;
  readonly steps: readonly Step[];
  /** All documents after the last step, by collection. */
  readonly final: Readonly<Record<string, readonly Fields[]>>;
}

export type Fields = Readonly<Record<string, unknown>>;

export interface Step {
  readonly now: string;
  readonly op: string;
  readonly args: Fields;
  /** The name that the result is bound to. */
  readonly as?: string;
  readonly result?: unknown;
  readonly error?: OrionError;
  /** The arguments as Orion left them, where it changed them. */
  readonly args_after?: Fields;
  /** Of `with_lock`: what was done while the lock was held, and how it ended. */
  readonly body?: readonly Step[];
  readonly raise?: string | null;
  readonly entered?: boolean;
  readonly waited?: unknown;
  readonly lock?: unknown;
}

interface OrionError {
  readonly class: string;
  readonly message: string;
}

/** The traces of `traces.json`. */
export function readTraces(): Promise<readonly Trace[]> {
  return readVectors<Trace>('traces');
}

/** The value that a tagged one stands for. */
export function decode(value: unknown): unknown {
  return decoded(value, tags);
}

const tags: Tags = {
  ...pythonTags,
  $date: (text) => dateOf(String(text)),
  $tuple: decode,
  $pickled: decode,
  $trial: decode,
  $result: decode,
  $param: decode,
};

/** A time in UTC. Orion's has microseconds; here it has milliseconds. */
export function dateOf(text: string): Date {
  return new Date(`${text.replace(/(\.\d{3})\d+$/, '$1')}Z`);
}
