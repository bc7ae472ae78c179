import type { AnyParams, SpaceInput } from '@trialbase/client';

/** Something to search whose best value is known. */
export interface Problem {
  readonly name: string;
  readonly space: SpaceInput;
  /** What a trial is told. It is the loss, unless the problem is noisy. `noise` gives standard normal numbers. */
  readonly objective: (point: AnyParams, noise: () => number) => number;
  /** How far a point is from the best there is, without noise. */
  readonly regret: (point: AnyParams) => number;
}
