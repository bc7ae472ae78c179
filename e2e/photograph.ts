import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type TestInfo } from '@playwright/test';
import type { Tab } from '../browsers/tab.js';

/** Where the pictures lie, for people to look at. */
const directory = join(import.meta.dirname, '../test-results/screenshots');

/** Keeps a picture of a tab, by the engine and by the state in which the page is. */
export async function photograph(tab: Tab, state: string, { project }: TestInfo): Promise<void> {
  const picture = await tab.screenshot({ fullPage: true });
  // A page of one colour packs into less.
  expect(picture.length).toBeGreaterThan(5_000);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, `${project.name}-${state}.png`), picture);
}
