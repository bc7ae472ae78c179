import type { Trial } from 'trialbase';
import { expect, it } from 'vitest';
import { describeProgress, describeState, type RunState } from '../src/describe-state.js';
import { overviewOf } from '../src/overview.js';
import { completed, NOW, reserved, trial } from './trials.js';

function situation(trials: readonly Trial[], state: RunState = 'idle') {
  return { overview: overviewOf(trials, NOW), wanted: 1_000, mostBroken: 2, state, tab: 'tab-1' };
}

it('the progress is told in figures', () => {
  expect(describeProgress(situation([completed(1)]))).toBe('1 of 1,000 trials completed');
});

it.each<[string, readonly Trial[], RunState, string]>([
  ['a search that has not begun', [], 'idle', 'Ready to start.'],
  ['a search that was stopped', [completed(1)], 'idle', 'Stopped. Nothing is lost: Start goes on.'],
  ['workers on their way', [], 'running', 'The workers of this tab look for a trial.'],
  [
    'workers for whom nothing is left',
    [reserved('tab-2-1')],
    'running',
    'The workers of this tab look for a trial; 1 worker at work in other tabs.',
  ],
  ['workers here', [reserved('tab-1-1'), reserved('tab-1-2')], 'running', '2 workers at work in this tab.'],
  [
    'workers here and there',
    [reserved('tab-1-1'), reserved('tab-2-1')],
    'running',
    '1 worker at work in this tab, 1 in other tabs.',
  ],
  ['workers elsewhere', [reserved('tab-12-1')], 'idle', '1 worker at work in other tabs. Start to join in.'],
  ['workers that stop', [reserved('tab-1-1')], 'stopping', 'Stopping: the workers give their trials back.'],
  [
    'a worker that is gone',
    [reserved('tab-2-1', 9_000)],
    'idle',
    'Ready to start. The worker of one trial shows no sign of life: another one will do it.',
  ],
  [
    'too many broken trials',
    [trial('broken'), trial('broken')],
    'idle',
    'The search ended because 2 trials broke. Begin a new search.',
  ],
  [
    'the time left',
    [reserved('tab-1-1'), completed(1, 0)],
    'running',
    '1 worker at work in this tab. About 16:39 left.',
  ],
])('%s: the state is told in words', (_, trials, state, words) => {
  expect(describeState(situation(trials, state))).toBe(words);
});

it('a search with all its trials is finished, whatever the workers do', () => {
  const all = { ...situation([completed(1)], 'running'), wanted: 1 };
  expect(describeState(all)).toBe('The search is finished. Ask for more trials to go on with it.');
});
