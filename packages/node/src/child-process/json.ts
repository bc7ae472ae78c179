/**
 * JSON with the three numbers that it lacks, written as JavaScript and Python write them: `NaN`, `Infinity` and `-Infinity`.
 */

/** Marks such a number while it is a text, as nobody's text begins. */
const MARK = '\u0000number:';

const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g;

/** @throws SyntaxError if it is no JSON. */
export function parseJson(text: string): unknown {
  const strict = text.replace(STRING_OR_NUMBER, (found) =>
    found.startsWith('"') ? found : JSON.stringify(`${MARK}${found}`),
  );
  return JSON.parse(strict, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(MARK) ? Number(value.slice(MARK.length)) : value,
  );
}

export function stringifyJson(value: unknown): string {
  const marked = JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'number' && !Number.isFinite(each) ? `${MARK}${each}` : each,
  );
  return marked.replaceAll(/"\\u0000number:([^"]*)"/g, '$1');
}
