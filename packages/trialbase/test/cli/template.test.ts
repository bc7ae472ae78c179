import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CommandTemplate } from '../../src/cli/hunt/template.js';

const names = { trial: 'abc', experiment: 'digits', workingDirectory: () => '/tmp/abc' };

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'trialbase-test-'));
});

afterEach(() => rm(directory, { recursive: true }));

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

  it('writes a copy of each file in which parameters are marked, also where several have one name', async () => {
    const [first, second] = [join(directory, 'a'), join(directory, 'b')];
    for (const [path, name] of [
      [first, 'lr'],
      [second, 'size'],
    ] as const) {
      await mkdir(path);
      await writeFile(join(path, 'results.json'), `{"${name}": "~uniform(0, 1)"}`);
    }
    const template = new CommandTemplate(['run', `${first}/results.json`, `--eval=${second}/results.json`]);
    const [, one = '', other = ''] = await template.wordsFor({ lr: 0.5, size: 0.25 }, directory, names);
    expect(JSON.parse(await readFile(one, 'utf8'))).toEqual({ lr: 0.5 });
    expect(JSON.parse(await readFile(other.replace('--eval=', ''), 'utf8'))).toEqual({ size: 0.25 });
    // The results of a trial have that name where its copies are written.
    expect(existsSync(join(directory, 'results.json'))).toBe(false);
  });

  it('takes a file without a mark as it is, whatever is in it', async () => {
    const lines = join(directory, 'lines.json');
    await writeFile(lines, '{"a": 1}\n{"a": 2}\n');
    const template = new CommandTemplate(['run', lines]);
    expect(await template.wordsFor({}, directory, names)).toEqual(['run', lines]);
  });

  it('takes a directory as it is, whatever its name', async () => {
    const folder = join(directory, 'folder.yaml');
    await mkdir(folder);
    const template = new CommandTemplate(['run', folder]);
    expect(await template.wordsFor({}, directory, names)).toEqual(['run', folder]);
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
