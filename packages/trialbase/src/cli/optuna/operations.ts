/** The operations of an Optuna journal, by the numbers that it gives them (`JournalOperation`). */
export const operations = {
  createStudy: 0,
  deleteStudy: 1,
  setStudyUserAttribute: 2,
  setStudySystemAttribute: 3,
  createTrial: 4,
  setTrialParam: 5,
  setTrialStateValues: 6,
  setTrialIntermediateValue: 7,
  setTrialUserAttribute: 8,
  setTrialSystemAttribute: 9,
} as const;

/** The states of an Optuna trial (`TrialState`). */
export const states = { running: 0, complete: 1, pruned: 2, fail: 3, waiting: 4 } as const;

/** The directions of an Optuna study (`StudyDirection`). */
export const directions = { minimize: 1, maximize: 2 } as const;

/** Where a study keeps the space that it was exported from, so that it is the same when it comes back. */
export const SPACE_ATTRIBUTE = 'trialbase:space';
