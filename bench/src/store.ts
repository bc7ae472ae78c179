/** A kind of store under measurement: Trialbase's own, or one written by hand. */
export interface StoreKind {
  readonly name: string;
  /** Opens the store in a directory, which is its own; one that is there already is opened again. */
  open(directory: string): Promise<Store>;
}

export interface Store {
  /** Adds finished trials with the numbers from `from` up to, not including, `to`. */
  fill(from: number, to: number): Promise<void>;
  /**
   * One lifecycle: registers the trial with this number, reserves one, beats its heart twice, pushes one objective and
   * two statistics, completes it, counts the completed trials.
   *
   * @returns what names the trial that was reserved and completed.
   */
  live(number: number): Promise<string>;
  /** Every trial in the store. */
  trials(): Promise<StoredTrial[]>;
  close(): Promise<void>;
}

export interface StoredTrial {
  readonly id: string;
  readonly status: string;
}
