import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { fillStore, useCommandLine } from './command-line.js';

const line = useCommandLine();

beforeEach(() => fillStore(line.directory));

/** The texts that a drawing shows, in their order. */
function textsIn(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text);
}

describe('plot regret', () => {
  it('draws the best over the trials in the terminal', async () => {
    const text = await line.printed('plot', '-n', 'digits');
    expect(text).toContain('digits-v1: the best of 12 trials');
    expect(text).toContain('completed trials');
    expect(text.split('\n').length).toBeGreaterThan(12);
  });

  it('writes an SVG: a dot for each trial, and the line of the best, which never rises', async () => {
    await line.printed('plot', 'regret', '-n', 'digits', '-o', 'regret.svg');
    const svg = await readFile(line.path('regret.svg'), 'utf8');
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg.match(/<circle/g)).toHaveLength(12);
    expect(textsIn(svg)).toEqual(
      expect.arrayContaining(['digits-v1: the best of 12 trials', 'objective', 'completed trials']),
    );
    const [, path = ''] = /<path class="best" d="M([^"]*)"/.exec(svg) ?? [];
    const heights = path.split('L').map((point) => Number(point.split(',')[1]));
    expect(heights.length).toBeGreaterThan(2);
    expect(heights).toEqual(heights.toSorted((a, b) => a - b)); // Down the page is down the scale.
  });

  it('gives programs what it draws', async () => {
    const { objectives, best } = await line.json<{ objectives: number[]; best: number[] }>(
      'plot',
      '-n',
      'digits',
    );
    expect(best).toEqual(objectives.map((_, i) => Math.min(...objectives.slice(0, i + 1))));
  });
});

describe('plot parallel', () => {
  it('shows in the terminal, for each parameter, where the best trials lie', async () => {
    const lines = (await line.printed('plot', 'parallel', '-n', 'digits')).trimEnd().split('\n');
    expect(lines.map((each) => each.split(/ +/)[0])).toEqual(['act', 'layers', 'lr', '']);
    expect(lines[2]).toMatch(/^lr +0\.00001 .*[█·].* 1$/);
    expect(lines[3]).toContain('the best 2 of 12 trials');
  });

  it('writes an SVG: an axis for each parameter and the objective, and a line for each trial', async () => {
    await line.printed('plot', 'parallel', '-n', 'digits', '-o', 'parallel.svg');
    const svg = await readFile(line.path('parallel.svg'), 'utf8');
    expect(svg.match(/<path class="line"/g)).toHaveLength(12);
    expect(svg.match(/<line class="axis"/g)).toHaveLength(4);
    expect(textsIn(svg)).toEqual(
      expect.arrayContaining(['act', 'relu', 'tanh', 'layers', 'lr', '0.001', 'objective']),
    );
    expect(svg).not.toMatch(/NaN|undefined/);
  });
});

describe('plot', () => {
  it('keeps names that look like markup as text', async () => {
    await fillStore(line.directory, '<b>&"');
    await line.printed('plot', '-n', '<b>&"', '-o', 'odd.svg');
    expect(await readFile(line.path('odd.svg'), 'utf8')).toContain('&lt;b&gt;&amp;&quot;-v1');
  });

  it.each([
    [['plot', '-n', 'digits', '-v', '2'], 3],
    [['plot', 'pie', '-n', 'digits'], 2],
    [['plot'], 2],
  ])('%j ends with %i', async (args, code) => {
    expect(await line.run(args)).toMatchObject({ code, stdout: '' });
  });
});
