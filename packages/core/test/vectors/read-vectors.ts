export type VectorFile = 'match' | 'select' | 'numbers' | 'trial-ids' | 'traces';

/** The vectors of one file, their values still tagged. */
export async function readVectors<V>(file: VectorFile): Promise<readonly V[]> {
  // Vite reads the file, so that engines can have it as well, and knows the directory: see `vite.config.ts`.
  const { default: text } = await import(`@vectors/${file}.json?raw`);
  const { format, ...content } = JSON.parse(text);
  const vectors: unknown = content[file] ?? content.vectors;
  if (format !== 1 || !Array.isArray(vectors)) throw new Error(`${file}.json holds no vectors of format 1`);
  return vectors;
}

/** What an object with one key that is a tag stands for. Gets what is inside the tag, not yet decoded. */
export type Tags = { readonly [tag: string]: (content: unknown) => unknown };

/** A value with each tag in it replaced by what it stands for. An object that looks like an unknown tag is an object. */
export function decoded(value: unknown, tags: Tags): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => decoded(element, tags));
  const entries = Object.entries(value);
  const [key, content] = entries[0] ?? ['', undefined];
  const tag = entries.length === 1 && Object.hasOwn(tags, key) ? tags[key] : undefined;
  return tag
    ? tag(content)
    : Object.fromEntries(entries.map(([field, each]) => [field, decoded(each, tags)]));
}

/** The tags of `match.json` and `select.json`. */
export const jsonTags: Tags = {
  $date: (text) => new Date(String(text)),
  $number: (text) => Number(text),
};

/**
 * The tags by which the other files tell Python's types apart. What JavaScript cannot tell apart comes out the same.
 * Spread them to add the tags of the traces.
 */
export const pythonTags: Tags = {
  $float: (text) => Number(String(text).replace('inf', 'Infinity')),
  $int: (digits) => Number(digits),
  $tuple: (elements) => decoded(elements, pythonTags),
  $dict: (entries) =>
    Object.fromEntries(
      (entries as [string, unknown][]).map(([key, value]) => [key, decoded(value, pythonTags)]),
    ),
  // Python writes microseconds; a `Date` keeps the milliseconds.
  $date: (text) => new Date(String(text)),
  $pickled: (content) => decoded(content, pythonTags),
};
