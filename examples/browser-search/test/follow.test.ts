import type { Trial, TrialChange } from 'trialbase';
import { expect, it } from 'vitest';
import { follow } from '../src/follow.js';
import { trial } from './trials.js';

it('what is shown follows the changes: trials come, change where they are, and go', async () => {
  const [a, b, c] = [trial('new'), trial('new'), trial('new')];
  const changed: Trial = { ...a, status: 'reserved' };
  async function* changes(): AsyncGenerator<readonly TrialChange[]> {
    yield [
      { kind: 'added', trial: a },
      { kind: 'added', trial: b },
    ];
    yield [
      { kind: 'changed', trial: changed },
      { kind: 'added', trial: c },
    ];
    yield [{ kind: 'removed', _id: b._id }];
  }
  const shown: (readonly Trial[])[] = [];
  await follow(changes(), (trials) => void shown.push(trials));
  expect(shown).toEqual([
    [a, b],
    [changed, b, c],
    [changed, c],
  ]);
});

it('a fault in what is followed is told', async () => {
  async function* changes(): AsyncGenerator<readonly TrialChange[]> {
    yield [];
    throw new Error('closed');
  }
  await expect(follow(changes(), () => {})).rejects.toThrow('closed');
});
