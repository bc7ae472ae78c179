import type { Snapshot } from './progress.js';

/** Tells the person how the search goes on: live in a terminal, in plain lines elsewhere. */
export interface Reporter {
  /** Shows how it stands. */
  show(snapshot: Snapshot): void;
  /** Says what happened, in a line that stays. */
  note(event: string): void;
  /** Ends the live part; what is printed afterwards follows below. */
  end(): void;
}
