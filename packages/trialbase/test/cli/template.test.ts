import { describe, expect, it } from 'vitest';
import { CommandTemplate } from '../../src/cli/hunt/template.js';

const names = { trial: 'abc', experiment: 'digits', workingDirectory: () => '/tmp/abc' };

describe('a command to tune', () => {
  it('has the values of a trial where its parameters are marked', async () => {
    const template = new CommandTemplate([
      'run',
      '--lr~loguniform(1e-5, 1)',
      '--act=~choices(["a b", 1])',
      'size~uniform(1, 4, discrete=True)',
      '-q~normal(0, 1)',
    ]);
    expect(Object.keys(template.space)).toEqual(['lr', 'act', 'size', 'q']);
    const words = await template.wordsFor({ lr: 0.5, act: 'a b', size: 2, q: [1, -2] }, '', names);
    expect(words).toEqual(['run', '--lr', '0.5', '--act=a b', '2', '-q', '[1,-2]']);
  });

  it('leaves out a parameter whose condition does not hold', async () => {
    const template = new CommandTemplate(['run', '--a~uniform(0, 1)', '--b~uniform(0, 1)']);
    expect(await template.wordsFor({ b: 1 }, '', names)).toEqual(['run', '--b', '1']);
  });

  it('takes what only looks like a parameter as it is', async () => {
    const words = ['run', '~/data', 'file~', 'backup~1', '--home=~/x', '~'];
    const template = new CommandTemplate(words);
    expect(template.space).toEqual({});
    expect(await template.wordsFor({}, '', names)).toEqual(words);
  });

  it('speaks of the trial and its directory where it is asked to', async () => {
    const template = new CommandTemplate([
      'run',
      '--id={trial.id}',
      '{experiment.name}/{trial.working_dir}',
      '{other}',
    ]);
    expect(await template.wordsFor({}, '', names)).toEqual(['run', '--id=abc', 'digits//tmp/abc', '{other}']);
  });

  it('never takes a value for a name of something', async () => {
    const template = new CommandTemplate(['run', '--a~choices(["{trial.id}", "$&"])', '{experiment.name}']);
    const words = await template.wordsFor({ a: '{trial.id}' }, '', { ...names, experiment: '$&' });
    expect(words).toEqual(['run', '--a', '{trial.id}', '$&']);
  });
});
