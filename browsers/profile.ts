import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, BrowserType } from 'playwright';
import { contextOptions, launchOptions } from './engines.mjs';

/** A browser with a profile on disk, as those of people are: what other contexts store is in memory in some engines. */
export interface Profile {
  readonly context: BrowserContext;
  /** Ends the browser, and removes the profile. */
  close(): Promise<void>;
}

/** Starts one of the engines that Playwright can drive here, with a new profile. */
export async function openProfile(engine: BrowserType): Promise<Profile> {
  const directory = await mkdtemp(join(tmpdir(), 'trialbase-profile-'));
  const options = launchOptions[engine.name() as keyof typeof launchOptions];
  const context = await engine.launchPersistentContext(directory, { ...contextOptions, ...options });
  return {
    context,
    async close() {
      await context.close();
      await rm(directory, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}
