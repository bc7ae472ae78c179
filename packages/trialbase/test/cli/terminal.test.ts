import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Trial } from '../../src/index.js';
import { fillStore, useCommandLine } from './command-line.js';
import { CTRL_C, Terminal } from './terminal.js';

const line = useCommandLine();
const programs = fileURLToPath(new URL('programs/', import.meta.url));

function terminal(...args: readonly string[]): Terminal {
  return new Terminal(line.directory, args);
}

async function exists(name: string): Promise<void> {
  while (!existsSync(line.path(name))) await new Promise((resolve) => setTimeout(resolve, 10));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('db rm in a terminal', () => {
  it('asks for the name, and removes when it is typed', async () => {
    await fillStore(line.directory);
    const asked = terminal('db', 'rm', 'digits');
    await asked.shows("Type 'digits' to go on: ");
    asked.type('digits\r');
    expect(await asked.ended).toBe(0);
    expect(asked.shown).toContain('Removed 1 experiment, 12 trials');
    expect(await line.json('list')).toEqual([]);
  });

  it.each([
    ['something else is typed', 'yes\r', 1],
    ['Ctrl-C is typed', CTRL_C, 130],
    ['the input ends', '\x04', 1],
  ])('removes nothing when %s', async (_, keys, code) => {
    await fillStore(line.directory);
    const asked = terminal('db', 'rm', 'digits');
    await asked.shows("Type 'digits' to go on: ");
    asked.type(keys);
    expect(await asked.ended).toBe(code);
    expect(asked.shown).toMatch(/nothing was changed/i);
    expect(await line.json('list')).toHaveLength(1);
  });
});

describe('hunt in a terminal', () => {
  it('shows a bar, and the best so far', async () => {
    const hunting = terminal(
      'hunt',
      '-n',
      'm',
      '--max-trials',
      '3',
      '--',
      join(programs, 'measure.sh'),
      '-x~uniform(-5, 5)',
      '-y~uniform(0, 1)',
    );
    expect(await hunting.ended).toBe(0);
    expect(hunting.shown).toContain('█'.repeat(30));
    expect(hunting.shown).toContain('3/3 trials');
    expect(hunting.shown).toMatch(/best [\d.]+ {2}x=/);
  });

  it('interrupts at Ctrl-C: the program is asked to end, and its trial waits for another worker', async () => {
    const hunting = terminal(
      'hunt',
      '-n',
      'm',
      '--max-trials',
      '3',
      '--',
      join(programs, 'patient.sh'),
      '-x~uniform(-5, 5)',
    );
    await exists('running');
    hunting.type(CTRL_C);
    expect(await hunting.ended).toBe(130);
    expect(hunting.shown).toContain('Nothing is lost');
    expect(readFileSync(line.path('ended'), 'utf8')).toBe('ended\n');
    expect(await line.json<Trial[]>('trials', '-n', 'm')).toMatchObject([{ status: 'interrupted' }]);
  });

  it('shows the best that counts: one that meets its constraints, though its objective is larger', async () => {
    const code =
      'if [ "$1" = 1 ]; then echo 0 1; else echo 7 0; fi | ' +
      '(read o c; echo "{\\"objective\\": $o, \\"constraints\\": {\\"c\\": $c}}" > "$TRIALBASE_RESULTS")';
    const hunting = terminal(
      'hunt',
      '-n',
      'm',
      '--algorithm',
      'grid',
      '--max-trials',
      '2',
      '--',
      'sh',
      '-c',
      code,
      'sh',
      'n~uniform(1, 2, discrete=True)',
    );
    expect(await hunting.ended).toBe(0);
    expect(hunting.shown).toContain('2/2 trials');
    expect(hunting.shown.match(/best \d/g)?.at(-2)).toBe('best 7'); // the last one is told after the bar
  });

  it('kills at the second Ctrl-C, with a program that will not end', async () => {
    const hunting = terminal(
      'hunt',
      '-n',
      'm',
      '--max-trials',
      '3',
      '--',
      join(programs, 'stubborn.sh'),
      '-x~uniform(-5, 5)',
    );
    await exists('running');
    const pid = Number(readFileSync(line.path('running'), 'utf8'));
    hunting.type(CTRL_C);
    await hunting.shows('Once more kills them');
    expect(isAlive(pid)).toBe(true);
    hunting.type(CTRL_C);
    expect(await hunting.ended).toBe(130);
    // It did not wait for the program to give in.
    expect(hunting.shown).not.toContain('Nothing is lost');
    while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
    // The trial was interrupted at the first.
    expect(await line.json<Trial[]>('trials', '-n', 'm')).toMatchObject([{ status: 'interrupted' }]);
  });
});
