import { describe, expect, it } from 'vitest';
import type { OpenDatabase } from '../../database.js';
import { everything } from '../../query/condition.js';
import { type DatabaseConnector, eachOnItsOwn } from '../connectors.js';
import { insert } from './steps.js';

const calls: readonly (readonly [what: string, call: (database: OpenDatabase) => Promise<unknown>])[] = [
  ['reads', (database) => database.find('trials', everything)],
  ['counts', (database) => database.count('trials', everything)],
  ['writes', (database) => database.write([insert('trials', [])])],
];

/** Far more than are made before a timer of no length rings that is not starved. */
const MANY = 1_000_000;

export function describeManyCalls(connector: DatabaseConnector): void {
  describe('many calls, one after another', () => {
    const connect = eachOnItsOwn(connector);

    it.each(calls)('let timers and signals come in between: %s', async (_what, call) => {
      const database = await connect();
      const signal = AbortSignal.timeout(1);
      let made = 0;
      while (!signal.aborted && made < MANY) {
        await call(database);
        made += 1;
      }
      expect(signal.aborted).toBe(true);
    });
  });
}
