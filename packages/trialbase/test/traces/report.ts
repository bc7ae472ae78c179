/** What became of the steps of a trace. */
export interface Report {
  /** The outcome of each step. */
  readonly outcomes: string[];
  /** The lines of the design by which something was other than in Orion: the outcome of a step, or what it wrote. */
  readonly lines: string[];
}
