import { CommandError } from '../exit-codes.js';

/** A pickle that is damaged, or wants more than data: nothing of it was carried out. */
export class PickleError extends CommandError {
  /** @param position the byte of the instruction that is to blame. */
  constructor(position: number, message: string) {
    super('damaged', `The pickle cannot be read, at byte ${position}: ${message}`);
  }
}
