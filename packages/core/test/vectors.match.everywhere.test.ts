import { describe, expect, it } from 'vitest';
import { departureOf } from '../../../proof/src/query/mingo-departures.js';
import type { Fields } from '../src/document.js';
import { compile } from '../src/query/compile.js';
import { parseQuery } from '../src/query/parse.js';
import { decoded, jsonTags, readVectors } from './vectors/read-vectors.js';
import { tally } from './vectors/tally.js';

interface MatchVector {
  readonly document: unknown;
  readonly query: unknown;
  readonly mongo: Answer;
}

/** Whether the document matches, or the name of the error that the query is. */
type Answer = boolean | { readonly error: string };

const vectors = await readVectors<MatchVector>('match');

describe('the recorded queries', () => {
  it('are answered as recorded, but where mingo departs from MongoDB', () => {
    const outcomes = new Map<string, number>();
    const wrong: unknown[] = [];
    for (const vector of vectors) {
      const document = decoded(vector.document, jsonTags) as Fields;
      const query = decoded(vector.query, jsonTags);
      const answer = answerTo(query, document);
      const same = JSON.stringify(answer) === JSON.stringify(vector.mongo);
      const rule = same ? undefined : departureOf(document, query);
      if (!same && rule === undefined) wrong.push({ ...vector, answer });
      const outcome = rule ?? JSON.stringify(answer);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    tally('match', outcomes);
    expect(wrong).toEqual([]);
    expect(outcomes.get('true')).toBeGreaterThan(0);
    expect(outcomes.get('false')).toBeGreaterThan(0);
  });
});

function answerTo(query: unknown, document: Fields): Answer {
  try {
    return compile(parseQuery(query))(document);
  } catch (error) {
    return { error: (error as Error).name };
  }
}
