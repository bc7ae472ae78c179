import { fileURLToPath } from 'node:url';
import type { BrowserCommand } from 'vitest/node';

const everything = fileURLToPath(
  new URL('../packages/client/test/algorithms/everything.ts', import.meta.url),
);

type Points = readonly Readonly<Record<string, unknown>>[];

/** The points of a search in Node, for a test in a browser to compare its own with. */
const pointsInNode: BrowserCommand<[algorithm: string], Points> = async ({ project }, algorithm) => {
  const { pointsOf } = await project.import<{ pointsOf: (algorithm: string) => Points }>(everything);
  return pointsOf(algorithm);
};

/** What tests in browsers may ask of Node. */
export const commands = { pointsInNode };
