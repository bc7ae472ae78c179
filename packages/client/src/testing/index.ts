/**
 * Searches without a storage, to try an algorithm with.
 *
 * @module @trialbase/client/testing
 */

export { type SimulationOptions, simulate } from './simulate.js';
export { type Begun, SimulatedSearch, type SimulatedSearchOptions } from './simulated-search.js';
export { type Ending, endedTrial, simulatedTrial } from './simulated-trial.js';
