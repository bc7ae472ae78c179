/** Marks a number that JSON lacks while it is a text, as nobody's text begins. */
const MARK = '\u0000number:';

const TEXT_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g;

/** Reads JSON as Python writes it, with `NaN` and `Infinity`. @throws SyntaxError */
export function parsePythonJson(text: string): unknown {
  if (!/NaN|Infinity/.test(text)) return JSON.parse(text);
  const strict = text.replace(TEXT_OR_NUMBER, (found) =>
    found.startsWith('"') ? found : JSON.stringify(MARK + found),
  );
  return JSON.parse(strict, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(MARK) ? Number(value.slice(MARK.length)) : value,
  );
}

/** Writes JSON as Python reads it. */
export function pythonJson(value: unknown): string {
  const marked = JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'number' && !Number.isFinite(each) ? MARK + String(each) : each,
  );
  return marked.replaceAll(/"\\u0000number:([^"]*)"/g, '$1');
}
