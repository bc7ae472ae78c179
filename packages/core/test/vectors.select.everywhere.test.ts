import { describe, expect, it } from 'vitest';
import type { Fields } from '../src/document.js';
import { parseSelection } from '../src/query/parse-selection.js';
import { select } from '../src/query/select.js';
import { decoded, jsonTags, readVectors } from './vectors/read-vectors.js';
import { tally } from './vectors/tally.js';

interface SelectVector {
  readonly document: unknown;
  readonly selection: unknown;
  readonly mongo: unknown;
}

const vectors = await readVectors<SelectVector>('select');

describe('the recorded selections', () => {
  it('leave of a document what was recorded', () => {
    const outcomes = { whole: 0, selected: 0, refused: 0 };
    for (const vector of vectors) {
      const document = decoded(vector.document, jsonTags) as Fields;
      const result = resultOf(vector.selection, document);
      expect(result, JSON.stringify(vector)).toEqual(decoded(vector.mongo, jsonTags));
      if (result === document) outcomes.whole++;
      else outcomes['error' in result && !('error' in document) ? 'refused' : 'selected']++;
    }
    tally('select', Object.entries(outcomes));
    expect(outcomes.selected).toBeGreaterThan(0);
  });
});

function resultOf(selectionQuery: unknown, document: Fields): Fields {
  try {
    const selection = parseSelection(selectionQuery);
    return selection ? select(document, selection) : document;
  } catch (error) {
    return { error: (error as Error).name };
  }
}
