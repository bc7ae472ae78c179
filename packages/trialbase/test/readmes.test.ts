import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));
/** Inside the repository, so that the packages are found from there. */
const programs = join(root, 'test-results/readmes');
const readmes = ['packages/core', 'packages/file', 'packages/node', 'packages/trialbase'];

/** What shows files word for word, which are run by tests of their own, and how many. */
const documents: [path: string, files: number][] = [
  ['README.md', 4],
  ['docs/tutorial-node.md', 4],
  ['docs/tutorial-page.md', 4],
];

/** The code of a README, as one program. */
async function codeOf(readme: string): Promise<string> {
  const text = await readFile(join(root, readme, 'README.md'), 'utf8');
  return [...text.matchAll(/```ts\n([^]*?)```/g)].map(([, block]) => block).join('\n');
}

function nameOf(readme: string): string {
  return `the-${readme.replaceAll(/\W+/g, '-')}`;
}

beforeAll(async () => {
  await mkdir(programs, { recursive: true });
  await writeFile(join(programs, 'package.json'), '{ "type": "module" }');
  // A README names what it shows, whether it uses it or not.
  const options = { outDir: '.', rootDir: '.', types: ['node'], noUnusedLocals: false };
  const config = { extends: '../../tsconfig.base.json', compilerOptions: options, files: [] as string[] };
  for (const readme of readmes) {
    await writeFile(join(programs, `${nameOf(readme)}.ts`), await codeOf(readme));
    config.files.push(`${nameOf(readme)}.ts`);
  }
  await writeFile(join(programs, 'tsconfig.json'), JSON.stringify(config));
  await run('npx', ['tsc', '-p', programs], { cwd: root }).catch((error: { stdout: string }) => {
    throw new Error(error.stdout);
  });
}, 60_000);

afterAll(() => rm(programs, { recursive: true, force: true }));

describe('the code in the READMEs', () => {
  it.each(readmes)('of %s runs', async (readme) => {
    const directory = await mkdtemp(join(tmpdir(), 'readme-'));
    try {
      expect(await codeOf(readme)).not.toBe('');
      await run(process.execPath, [join(programs, `${nameOf(readme)}.js`)], { cwd: directory });
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it.each(documents)(
    'in %s is, word for word, that of the files it names, and nothing else',
    async (path, files) => {
      const text = await readFile(join(root, path), 'utf8');
      const shown = [...text.matchAll(/^<!-- (\S+), word for word -->\n```\w+\n([^]*?)^```$/gm)];
      expect(shown).toHaveLength(files);
      expect(text.match(/^```(ts|html|js)$/gm)).toHaveLength(files);
      for (const [, file = '', code] of shown) expect(code).toBe(await readFile(join(root, file), 'utf8'));
    },
  );
});
