import { ByteReader } from './byte-reader.js';
import { PickleError } from './pickle-error.js';
import type { PythonValue } from './python-values.js';

/** Stands on the stack where a list of values begins. */
export const MARK: unique symbol = Symbol('mark');

type Slot = PythonValue | typeof MARK;

/** What the instructions of a pickle work on: its bytes, a stack of values, and those that are kept to be recalled. */
export class Machine {
  readonly reader: ByteReader;
  readonly #stack: Slot[] = [];
  readonly #memo = new Map<number, PythonValue>();
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.reader = new ByteReader(bytes);
  }

  /** The byte of the next instruction, which is the one that is carried out then. */
  next(): number {
    this.#at = this.reader.position;
    return this.reader.byte();
  }

  /** Where the instruction that is carried out begins. */
  get at(): number {
    return this.#at;
  }

  push(value: Slot): void {
    this.#stack.push(value);
  }

  pop(): PythonValue {
    const value = this.#stack.pop();
    if (value === undefined || value === MARK) throw this.refusal('a value is missing there');
    return value;
  }

  /** The value on top, which stays. */
  top(): PythonValue {
    const value = this.#stack.at(-1);
    if (value === undefined || value === MARK) throw this.refusal('a value is missing there');
    return value;
  }

  /** Takes all values down to the mark. */
  popToMark(): PythonValue[] {
    const at = this.#stack.lastIndexOf(MARK);
    if (at < 0) throw this.refusal('the beginning of a list is missing there');
    const values = this.#stack.splice(at + 1) as PythonValue[];
    this.#stack.pop();
    return values;
  }

  /** Takes so many values, the lowest first. */
  popMany(count: number): PythonValue[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  /** Discards what is on top, also a mark. */
  discard(): void {
    if (this.#stack.pop() === undefined) throw this.refusal('a value is missing there');
  }

  memoize(index: number = this.#memo.size): void {
    this.#memo.set(index, this.top());
  }

  recall(index: number): void {
    const value = this.#memo.get(index);
    if (value === undefined) throw this.refusal(`it recalls the value ${index}, which was never kept`);
    this.push(value);
  }

  refusal(why: string): PickleError {
    return new PickleError(this.#at, why);
  }
}
