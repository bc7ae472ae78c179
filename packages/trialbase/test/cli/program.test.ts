import { execFileSync, spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { program, useCommandLine } from './command-line.js';

const line = useCommandLine();

describe('the command line', () => {
  it('tells its version', async () => {
    const { version } = JSON.parse(
      await readFile(new URL('../../package.json', import.meta.url), 'utf8'),
    ) as { version: string };
    expect(await line.printed('--version')).toBe(`${version}\n`);
  });

  it('helps with examples, on standard output where it was asked to', async () => {
    const [whole, part, unasked] = await Promise.all([
      line.printed('--help'),
      line.printed('db', 'load', '--help'),
      line.run([]),
    ]);
    expect(whole).toContain('Examples:\n  $ trialbase hunt');
    expect(part).toContain('--resolve bump');
    expect(unasked).toMatchObject({ code: 2, stdout: '' });
    expect(unasked.stderr).toContain('Examples:');
  });

  it('says where an experiment is named, where it is named otherwise', async () => {
    expect((await line.run(['info', 'digits'])).stderr).toContain('-n NAME says which experiment');
  });

  it('says in a line that the output could not be written', () => {
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', '"$@" > /dev/full', 'sh', process.execPath, program, '--version'],
      {
        encoding: 'utf8',
      },
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/^trialbase: The output could not be written: .*no space left[^\n]*\n$/);
  });

  it('gives zsh and fish their completion', async () => {
    const [zsh, fish] = await Promise.all([
      line.printed('completion', 'zsh'),
      line.printed('completion', 'fish'),
    ]);
    expect(zsh).toContain('#compdef trialbase');
    expect(fish).toContain('complete -c trialbase');
  });

  it.each([
    ['commands', ['db', 're'], 'release'],
    ['options', ['trials', '--wh'], '--where'],
    ['choices', ['db', 'load', '--resolve', 'o'], 'overwrite'],
  ])('completes %s in a bash', (_, words, completed) => {
    const script = fileURLToPath(new URL('programs/complete.bash', import.meta.url));
    const printed = execFileSync('bash', [script, process.execPath, program, ...words], { encoding: 'utf8' });
    expect(printed).toBe(`${completed}\n`);
  });

  it('completes commands, options and their choices', async () => {
    const [commands, options, choices] = await Promise.all([
      line.printed('complete', '--', 'db', 're'),
      line.printed('complete', '--', 'trials', '--wh'),
      line.printed('complete', '--', 'db', 'load', '--resolve', ''),
    ]);
    expect(commands).toMatch(/^release\t/);
    expect(options).toMatch(/^--where\t/);
    expect(choices.match(/^\w+/gm)).toEqual(['ignore', 'overwrite', 'bump']);
  });
});

interface Setting {
  readonly name: string;
  readonly value: unknown;
  readonly from: string;
}

async function settings(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Record<string, Setting>> {
  const { stdout } = await line.run(['config', '--json', ...args], { env });
  return Object.fromEntries((JSON.parse(stdout) as Setting[]).map((each) => [each.name, each]));
}

describe('the configuration', () => {
  it('is what a flag says, else the environment, else the file, else the default', async () => {
    await writeFile(line.path('trialbase.yaml'), 'store: file:of-file\nworkers: 3\nmax-trials: 7\n');
    const env = { TRIALBASE_WORKERS: '4', TRIALBASE_MAX_TRIALS: '8' };
    expect(await settings(['--max-trials', '9'], env)).toMatchObject({
      'max-trials': { value: 9, from: 'flag' },
      workers: { value: 4, from: 'environment' },
      store: { value: 'file:of-file', from: 'file' },
      durability: { value: null, from: 'default' },
    });
    expect(await settings([])).toMatchObject({ workers: { value: 3, from: 'file' } });
  });

  it('is shown for people with the file it comes from', async () => {
    await writeFile(line.path('other.json'), '{"exclusive": true}');
    const text = await line.printed('config', '--config', 'other.json');
    expect(text).toMatch(/^File: other\.json\n/);
    expect(text).toMatch(/^exclusive +true +file$/m);
  });

  it('holds for the commands: a flag for the path wins over the store of the environment', async () => {
    await writeFile(line.path('trialbase.yaml'), 'store: file:of-file\n');
    const env = { TRIALBASE_STORE: 'file:of-environment' };
    const [fromFile, fromEnvironment, fromFlag] = await Promise.all([
      line.run(['list']),
      line.run(['list'], { env }),
      line.run(['list', '--path', 'of-flag'], { env }),
    ]);
    expect(fromFile.stderr).toContain('of-file');
    expect(fromEnvironment.stderr).toContain('of-environment');
    expect(fromFlag.stderr).toContain('of-flag');
  });

  it.each([
    ['a setting that is unknown', 'colour: red\n', /'colour', which is unknown: there are store/],
    ['a value that makes no sense', 'workers: many\n', /workers: many\. It must be a whole number/],
    ['no YAML', 'store: [\n', /neither YAML nor JSON/],
    ['a list', '- store\n', /settings by their names/],
  ])('that has %s is refused', async (_, text, message) => {
    await writeFile(line.path('trialbase.yaml'), text);
    const { code, stderr } = await line.run(['config']);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('must be there where it is named', async () => {
    expect(await line.run(['list', '--config', 'gone.yaml'])).toMatchObject({ code: 2 });
    expect(
      await line.run(['list'], { env: { TRIALBASE_WORKERS: 'x', TRIALBASE_DURABILITY: 'some' } }),
    ).toMatchObject({ code: 2 });
  });
});
