export { CLASSES, DATA, type Parts, PIXELS, readDigits } from './digits.js';
export { accuracyOf, finalAccuracy, judge, lossOf, type Verdict } from './judge.js';
export type { Score } from './network.js';
export {
  DEFAULT_TRIALS,
  HEARTBEAT,
  joinSearch,
  NAME,
  openSearch,
  type Params,
  type SearchOptions,
} from './search.js';
export { describeSettings, duration, percent, short } from './wording.js';
