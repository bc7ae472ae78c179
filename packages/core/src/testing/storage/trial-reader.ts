import type { Id } from '../../document.js';
import type {
  ExperimentRef,
  StorageProtocol,
  TrialChange,
  WatchTrialsOptions,
} from '../../storage-protocol.js';
import type { Trial } from '../../trials/trial.js';

/** Reads what a storage tells of an experiment's trials, batch by batch, and keeps what it is shown. */
export class TrialReader {
  /** The trials that are shown now. */
  readonly shown: Map<Id, Trial> = new Map();
  readonly #batches: AsyncIterator<readonly TrialChange[]>;

  constructor(storage: StorageProtocol, ref: ExperimentRef, options?: WatchTrialsOptions) {
    this.#batches = storage.watchTrials(ref, options)[Symbol.asyncIterator]();
  }

  /** The next batch; `undefined` at the end. Fails where it makes no sense after those before. */
  async next(): Promise<readonly TrialChange[] | undefined> {
    const { done, value } = await this.#batches.next();
    if (done) return undefined;
    for (const change of value) this.#take(change);
    return value;
  }

  /** Reads on until the trials shown are as `areThey` wants them. */
  async until(areThey: (shown: ReadonlyMap<Id, Trial>) => boolean): Promise<void> {
    while (!areThey(this.shown)) {
      if ((await this.next()) === undefined) throw new Error('the watching ended early');
    }
  }

  /** Ends the watching, as leaving a loop does. */
  async end(): Promise<void> {
    await this.#batches.return?.();
  }

  #take(change: TrialChange): void {
    const _id = change.kind === 'removed' ? change._id : change.trial._id;
    if (this.shown.has(_id) === (change.kind === 'added'))
      throw new Error(`trial ${_id} was told as ${change.kind}, which it cannot be`);
    if (change.kind === 'removed') this.shown.delete(_id);
    else this.shown.set(_id, change.trial);
  }
}
