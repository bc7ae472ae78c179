import { duration } from 'digits';
import type { Overview } from './overview.js';

/** What the workers of this tab do. */
export type RunState = 'idle' | 'running' | 'stopping';

export interface Situation {
  readonly overview: Overview;
  /** How many trials the search is to complete. */
  readonly wanted: number;
  /** How many may break before it ends. */
  readonly mostBroken: number;
  readonly state: RunState;
  /** The name of this tab, with which those of its workers begin. */
  readonly tab: string;
}

/** Says in words how far a search is: `12 of 64 trials completed`. */
export function describeProgress({ overview, wanted }: Situation): string {
  return `${count(overview.counts.completed)} of ${count(wanted)} trials completed`;
}

/** Says in words what goes on, and what to do where nothing does. */
export function describeState(situation: Situation): string {
  const { overview, state } = situation;
  if (state === 'stopping') return 'Stopping: the workers give their trials back.';
  if (isFinished(situation)) return 'The search is finished. Ask for more trials to go on with it.';
  if (overview.counts.broken >= situation.mostBroken)
    return `The search ended because ${count(overview.counts.broken)} trials broke. Begin a new search.`;
  const parts = [atWork(situation), timeLeft(situation), silence(overview)].filter((part) => part !== '');
  return parts.join(' ');
}

export function isFinished({ overview, wanted }: Situation): boolean {
  return overview.counts.completed >= wanted;
}

function atWork({ overview: { running, counts }, state, tab }: Situation): string {
  const here = running.filter(({ worker }) => worker?.startsWith(`${tab}-`)).length;
  const elsewhere = running.length - here;
  const others = elsewhere > 0 ? `${workers(elsewhere)} at work in other tabs` : '';
  if (state === 'running' && here === 0)
    return `The workers of this tab look for a trial${others && `; ${others}`}.`;
  if (here > 0) return `${workers(here)} at work in this tab${others && `, ${elsewhere} in other tabs`}.`;
  if (others) return `${others}. Start to join in.`;
  return counts.completed > 0 ? 'Stopped. Nothing is lost: Start goes on.' : 'Ready to start.';
}

function timeLeft({ overview: { running, pace, counts }, wanted }: Situation): string {
  if (running.length === 0 || pace === 0) return '';
  return `About ${duration((wanted - counts.completed) / pace)} left.`;
}

function silence({ silent }: Overview): string {
  if (silent.length === 0) return '';
  const whose =
    silent.length === 1 ? 'The worker of one trial shows' : `The workers of ${silent.length} trials show`;
  return `${whose} no sign of life: another one will do it.`;
}

function workers(number: number): string {
  return number === 1 ? '1 worker' : `${number} workers`;
}

/** A number as people read it: `10,000`. */
export function count(number: number): string {
  return number.toLocaleString('en');
}
