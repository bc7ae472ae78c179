import { extname, join } from 'node:path';
import { rolldown } from 'rolldown';

const source = `worker-process${extname(import.meta.filename)}`;

/** Puts the program of a worker into one file, which starts in half the time: it is started a thousand times. @returns its path. */
export async function buildWorker(directory: string): Promise<string> {
  const program = join(directory, 'worker-process.mjs');
  const bundle = await rolldown({
    input: join(import.meta.dirname, source),
    platform: 'node',
    tsconfig: false,
    resolve: { extensionAlias: { '.js': ['.js', '.ts'] } },
  });
  await bundle.write({ file: program });
  await bundle.close();
  return program;
}
