import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright';
import { launchOptions, programs } from './engines.mjs';
import type { Profile } from './profile.js';

/** What keeps a tab that is behind another one as quick as it is in front. */
const AS_IN_FRONT = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

/**
 * Starts a Chromium as people have it, and connects Playwright to it. One that Playwright starts itself makes each tab believe that
 * it is looked at, and such a tab cannot be frozen.
 */
export async function openPlainChromium(): Promise<Profile> {
  const directory = await mkdtemp(join(tmpdir(), 'trialbase-chromium-'));
  const child = start(directory);
  const end = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await rm(directory, { recursive: true, force: true, maxRetries: 10 });
  };
  try {
    const browser = await chromium.connectOverCDP(await addressOf(child), { noDefaults: true });
    const [context] = browser.contexts();
    if (!context) throw new Error('Chromium has no context to open tabs in');
    return {
      context,
      async close() {
        await browser.close();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

function start(directory: string): ChildProcess {
  const program = programs.chromium;
  if (!program) throw new Error('There is no Chromium here');
  const asked = ['--headless', '--no-sandbox', '--no-first-run', '--remote-debugging-port=0'];
  const args = [...asked, ...AS_IN_FRONT, ...(launchOptions.chromium?.args ?? []), 'about:blank'];
  const child = spawn(program, [`--user-data-dir=${directory}`, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  return child;
}

/** It tells on its error output where it listens. */
async function addressOf({ stderr }: ChildProcess): Promise<string> {
  if (!stderr) throw new Error('Chromium has no error output');
  for await (const line of createInterface(stderr)) {
    const address = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (address) {
      stderr.resume(); // what else it complains of is dropped
      return address;
    }
  }
  throw new Error('Chromium ended before it listened');
}
