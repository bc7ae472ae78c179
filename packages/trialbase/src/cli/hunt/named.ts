import { CommandError } from '../exit-codes.js';
import { isObject, parseObject } from '../extended-json.js';

/** Something that is chosen by its name, with settings of its own. */
export interface Named {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * Reads a name alone, or JSON that has its settings too: `{"tpe": {"startup": 20}}`.
 *
 * @param flag names what it is read for.
 * @throws CommandError if it is neither. @throws InvalidQueryError if it is no JSON.
 */
export function parseNamed(text: string, flag: string): Named {
  if (!text.trimStart().startsWith('{')) return { name: text, settings: {} };
  const [first, ...more] = Object.entries(parseObject(text, flag));
  if (first && more.length === 0 && isObject(first[1])) return { name: first[0], settings: first[1] };
  throw new CommandError(
    'misused',
    `${flag} is a name, or JSON of one name with its settings, as in {"name": {"setting": 1}}, not ${text}`,
  );
}
