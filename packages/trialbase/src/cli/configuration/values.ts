import { InvalidArgumentError } from 'commander';

/** Reads a whole number of an option. */
export function whole(least: number, most: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} up` : `from ${least} to ${most}`;
    throw new InvalidArgumentError(`It must be a whole number ${range}.`);
  };
}

/** Reads `true` or `false` of an option that has three states: yes, no, and not said. */
export function yesOrNo(text: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  throw new InvalidArgumentError('It must be true or false.');
}

/** Reads a text that is not empty. */
export function nonEmpty(text: string): string {
  if (text !== '') return text;
  throw new InvalidArgumentError('It must not be empty.');
}

type Variables = Readonly<Record<string, string>>;

/** Reads one `NAME=VALUE` more, or all variables as a JSON object, which is how a configuration file has them. */
export function variables(text: string, before: Variables = {}): Variables {
  if (text.startsWith('{')) return { ...before, ...variablesIn(text) };
  const [, name, value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError('It must be NAME=VALUE.');
  return { ...before, [name]: value };
}

function variablesIn(text: string): Variables {
  try {
    const entries = Object.entries(JSON.parse(text) as object);
    if (entries.every(([, value]) => typeof value !== 'object'))
      return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
  } catch {
    // No JSON, then.
  }
  throw new InvalidArgumentError('It must have texts by the names of variables.');
}
