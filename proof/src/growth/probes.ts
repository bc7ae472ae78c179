import { experimentProbes } from './experiment-probes.js';
import type { Method, Probe, Ways } from './probe.js';
import { trialProbes } from './trial-probes.js';

/** Every method of the protocol. One without a probe does not compile. */
const probes: Readonly<Record<Method, Ways>> = { ...trialProbes, ...experimentProbes };

/** One way to call a method. */
export interface NamedProbe {
  readonly method: string;
  /** On what, or how. */
  readonly way: string;
  readonly probe: Probe;
}

/** All of them; those at the end that leave nothing behind. */
export const allProbes: readonly NamedProbe[] = Object.entries(probes)
  .flatMap(([method, ways]) => Object.entries(ways).map(([way, probe]) => ({ method, way, probe })))
  .sort((a, b) => Number(a.probe.last) - Number(b.probe.last));
