import { openExperiment, real } from '../src/index.js';
import { alone, pause } from './connect.js';

/** What a page that forbids workers tells the page around it. */
export interface Told {
  readonly refused: readonly string[];
  readonly summary: unknown;
  readonly lost: readonly unknown[];
}

const refused: string[] = [];
document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
  refused.push(`${effectiveDirective} ${blockedURI}`),
);

const storage = await alone({ lostAfter: 400 });
const experiment = await openExperiment(storage, { name: 'e', space: { x: real(0, 1) }, maxTrials: 2 });
const lost: unknown[] = [];
const objective = async (): Promise<number> => {
  await pause(800);
  lost.push(...(await storage.fetchLostTrials(experiment.record)));
  return 1;
};
const summary = await experiment.workOn(objective, { heartbeatInterval: 50 });
window.parent.postMessage({ refused, summary, lost } satisfies Told);
