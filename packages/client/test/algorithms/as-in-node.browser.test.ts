import { describe, expect, it } from 'vitest';
import { commands } from 'vitest/browser';
import { pointsOf } from './everything.js';
import { algorithms } from './table.js';

declare module 'vitest/browser' {
  interface BrowserCommands {
    /** The same, called in Node. */
    pointsInNode: (algorithm: string) => Promise<ReturnType<typeof pointsOf>>;
  }
}

/** That they keep their promises is tested in Node, as they do nothing but calculate. */
describe('the points of a search in this engine', () => {
  it.each(Object.keys(algorithms))('are those of the same search in Node: %s', async (name) => {
    expect(pointsOf(name)).toEqual(await commands.pointsInNode(name));
  });
});
