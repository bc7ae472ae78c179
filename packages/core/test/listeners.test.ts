import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const adapter = fileURLToPath(new URL('../dist/adapter.js', import.meta.url));

/** What a program of its own prints. It has the built package at hand, and ends by itself or not at all. */
async function printed(program: string): Promise<string> {
  const text = `import { ChangeFeed, Listeners } from ${JSON.stringify(adapter)};${program}`;
  const args = ['--input-type=module', '--eval', text];
  return (await promisify(execFile)(process.execPath, args, { timeout: 10_000 })).stdout;
}

it('a listener that throws breaks nothing, and its error is reported as uncaught', async () => {
  const program = `
    process.on('uncaughtException', (error) => console.log('uncaught', error.message));
    const listeners = new Listeners();
    listeners.watch(() => { throw new Error('mine'); });
    listeners.watch(() => console.log('told'));
    listeners.tell([]);
    console.log('done');
  `;
  expect(await printed(program)).toBe('told\ndone\nuncaught mine\n');
});

it('a process ends though it watches a feed, and hears what another thread tells before that', async () => {
  const program = `
    import { Worker } from 'node:worker_threads';
    const feed = new ChangeFeed('threads');
    feed.watch((touched) => console.log(JSON.stringify(touched)));
    const tell = \`
      const channel = new BroadcastChannel('threads');
      channel.postMessage([{ collection: 'trials', ids: [1] }]);
      channel.close();
    \`;
    new Worker(tell, { eval: true });
  `;
  expect(await printed(program)).toBe('[{"collection":"trials","ids":[1]}]\n');
});
