import { instructions } from './instructions.js';
import { Machine } from './machine.js';
import type { PythonValue } from './python-values.js';

/** Ends a pickle: its value is on top of the stack. */
const STOP = 0x2e;

/**
 * Reads the value of a pickle (Python's `pickle`, protocols 0 to 5) without running anything that it asks for. Of classes it knows
 * those of Orion's database, dates and containers, and refuses all others by name. It takes no more memory than the pickle has
 * bytes, times a constant.
 *
 * @throws PickleError if the pickle is damaged, or asks for something else.
 */
export function readPickle(bytes: Uint8Array): PythonValue {
  const machine = new Machine(bytes);
  for (;;) {
    const code = machine.next();
    if (code === STOP) return machine.pop();
    const carryOut = instructions.get(code);
    if (!carryOut)
      throw machine.refusal(`the instruction 0x${code.toString(16)} is unknown, or does more than hold data`);
    carryOut(machine);
  }
}
