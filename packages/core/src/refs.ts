import type { Id } from './document.js';
import { describe, MismatchedIdError, MissingArgumentsError } from './errors.js';
import type { ExperimentRef, TrialRef } from './storage-protocol.js';

/**
 * The `_id` that a reference to a document names. Orion's `get_uid`.
 *
 * @throws MissingArgumentsError if it names none.
 * @throws MismatchedIdError if it is a record with an `_id` and names another `uid` besides. With `force` the `uid` wins.
 */
export function getUid(ref: ExperimentRef, options: { readonly force?: boolean } = {}): Id {
  const { _id, uid } = (ref ?? {}) as { _id?: Id | null; uid?: Id | null };
  const id = oneOfTwo('_id', _id, 'uid', uid, options.force ?? false);
  if (id !== undefined) return id;
  throw new MissingArgumentsError(
    'A document was asked for without saying which: give its record, or { uid }',
  );
}

/** The `id` of a trial and the `_id` of its experiment. */
export interface TrialIds {
  readonly uid: string;
  readonly experimentUid: Id;
}

/**
 * The ids that a reference to a trial names. Orion's `get_trial_uid_and_exp`.
 *
 * @throws MissingArgumentsError if it does not name both.
 * @throws MismatchedIdError if it is a record and names other ids besides.
 */
export function getTrialUidAndExperiment(ref: TrialRef): TrialIds {
  const given = (ref ?? {}) as {
    id?: string | null;
    experiment?: Id | null;
    uid?: string | null;
    experimentUid?: Id | null;
  };
  const uid = oneOfTwo('id', given.id, 'uid', given.uid, false);
  const experimentUid = oneOfTwo('experiment', given.experiment, 'experimentUid', given.experimentUid, false);
  if (uid !== undefined && experimentUid !== undefined) return { uid: String(uid), experimentUid };
  throw new MissingArgumentsError(
    'A trial was asked for without saying which: give its record, or { uid, experimentUid } (its id and the _id of its experiment)',
  );
}

function oneOfTwo(
  field: string,
  fromRecord: Id | null | undefined,
  name: string,
  given: Id | null | undefined,
  force: boolean,
): Id | undefined {
  if (fromRecord != null && given != null && fromRecord !== given && !force) {
    throw new MismatchedIdError(
      `The record has ${field} ${describe(fromRecord)}, but ${name} is ${describe(given)}: give one of them, or the same in both`,
    );
  }
  const id = given ?? fromRecord ?? undefined;
  if (id === undefined || typeof id === 'string' || typeof id === 'number') return id;
  throw new MissingArgumentsError(
    `A document was asked for by ${describe(id)}, which is no id: give a string or a number`,
  );
}
