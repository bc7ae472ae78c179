import { problemOf } from './check.js';
import { DEFAULT_PRECISION } from './define.js';
import type {
  CategoricalDimension,
  Category,
  Dimension,
  NumericDimension,
  Prior,
  Shape,
} from './dimension.js';
import { type Argument, type Call, type Literal, parseCall, priorError } from './python-literal.js';
import { pythonFloat, pythonText } from './python-text.js';

const priors: Readonly<Record<string, (call: Call) => Dimension>> = {
  uniform: (call) => readBounds(call, 'uniform'),
  loguniform: (call) => readBounds(call, 'loguniform'),
  reciprocal: (call) => readBounds(call, 'loguniform'),
  normal: readNormal,
  gaussian: readNormal,
  choices: readChoices,
  fidelity: readFidelity,
};

/**
 * Reads a prior as Orion writes it: `loguniform(1e-5, 1.0)`, `uniform(1, 8, discrete=True)`, `choices(['a', 'b'])`.
 *
 * @throws InvalidConfigurationError that says what is wrong, at which character.
 */
export function parsePrior(text: string): Dimension {
  const call = parseCall(text);
  const read = Object.hasOwn(priors, call.name) ? priors[call.name] : undefined;
  if (!read) {
    const known = Object.keys(priors).join(', ');
    throw priorError(text, 0, `there is no prior called '${call.name}'; the known ones are ${known}`);
  }
  const dimension = read(call);
  const problem = problemOf(dimension);
  if (problem) throw priorError(text, 0, `'${call.name}' ${problem}`);
  return dimension;
}

/** Writes a dimension as Orion does. Reading it gives the same dimension. */
export function priorString(dimension: Dimension): string {
  if (dimension.type === 'fidelity') {
    const { low, high, base } = dimension;
    return `fidelity(${pythonText(low)}, ${pythonText(high)}${base === 2 ? '' : `, base=${pythonText(base)}`})`;
  }
  const { shape } = dimension;
  const categorical = dimension.type === 'categorical';
  const parts = categorical ? [writeChoices(dimension)] : writePrior(dimension);
  if (shape.length > 0) parts.push(`shape=${shape.length === 1 ? shape[0] : `(${shape.join(', ')})`}`);
  if (dimension.default !== undefined)
    parts.push(`default_value=${writeDefault(dimension, dimension.default)}`);
  if (dimension.type === 'real' && dimension.precision !== DEFAULT_PRECISION) {
    parts.push(`precision=${pythonText(dimension.precision)}`);
  }
  if (dimension.type === 'integer') parts.push('discrete=True');
  return `${categorical ? 'choices' : dimension.prior.name}(${parts.join(', ')})`;
}

function writePrior({ type, prior }: NumericDimension): string[] {
  if (prior.name === 'normal') return [pythonFloat(prior.mean), pythonFloat(prior.deviation)];
  const write = type === 'integer' ? pythonText : pythonFloat;
  return [write(prior.low), write(prior.high)];
}

function writeChoices({ values, probabilities }: CategoricalDimension): string {
  const even = probabilities.every((share) => share === probabilities[0]);
  return pythonText(even ? values : new Map(values.map((value, i) => [value, probabilities[i] ?? 0])));
}

function writeDefault(dimension: Dimension, value: unknown): string {
  if (dimension.type !== 'real') return pythonText(value as Literal);
  return Array.isArray(value)
    ? `[${value.map((one) => writeDefault(dimension, one)).join(', ')}]`
    : pythonFloat(value as number);
}

function readBounds(call: Call, name: 'uniform' | 'loguniform'): Dimension {
  const given = bind(call, ['low', 'high'], ['discrete', 'precision', 'shape', 'default_value']);
  const [low, high] = [given.number('low'), given.number('high')];
  // Orion rounds the bounds of whole numbers outwards.
  if (!given.boolean('discrete')) return readNumeric(given, 'real', { name, low, high });
  return readNumeric(given, 'integer', { name, low: Math.floor(low), high: Math.ceil(high) });
}

function readNormal(call: Call): Dimension {
  const given = bind(call, ['loc', 'scale'], ['discrete', 'precision', 'shape', 'default_value']);
  const prior = { name: 'normal' as const, mean: given.number('loc'), deviation: given.number('scale') };
  return readNumeric(given, given.boolean('discrete') ? 'integer' : 'real', prior);
}

function readNumeric(given: Given, type: 'real' | 'integer', prior: Prior): NumericDimension {
  return { type, prior, precision: type === 'real' ? given.precision() : null, ...given.common() };
}

function readChoices(call: Call): Dimension {
  const { positional } = call;
  if (positional.length === 0)
    throw priorError(call.text, call.text.length - 1, "'choices' needs its values");
  const given = bind({ ...call, positional: [] }, [], ['shape', 'default_value']);
  const first = positional[0]?.value ?? null;
  if (positional.length === 1 && first instanceof Map) {
    const values = [...first.keys()] as Category[];
    return { type: 'categorical', values, probabilities: [...first.values()] as number[], ...given.common() };
  }
  const values = (
    positional.length === 1 && Array.isArray(first) ? first : positional.map(({ value }) => value)
  ) as Category[];
  return {
    type: 'categorical',
    values,
    probabilities: values.map(() => 1 / values.length),
    ...given.common(),
  };
}

function readFidelity(call: Call): Dimension {
  const given = bind(call, ['low', 'high', 'base'], []);
  return {
    type: 'fidelity',
    low: given.number('low'),
    high: given.number('high'),
    base: given.number('base', 2),
  };
}

/** The arguments of a call by their names, read as what they should be. */
interface Given {
  number(name: string, otherwise?: number): number;
  boolean(name: string): boolean;
  precision(): number | null;
  common(): { shape: Shape; default?: unknown };
}

/** `ordered` may be given by place or by name, `named` by name alone. */
function bind(call: Call, ordered: readonly string[], named: readonly string[]): Given {
  const found = new Map(call.keywords);
  for (const [i, argument] of call.positional.entries()) {
    const name = ordered[i];
    if (name === undefined)
      fail(
        argument,
        `'${call.name}' takes ${ordered.length} values without a name, not ${call.positional.length}`,
      );
    else if (found.has(name)) fail(argument, `'${name}' is given twice`);
    else found.set(name, argument);
  }
  for (const [name, argument] of found) {
    const known = [...ordered, ...named];
    if (!known.includes(name)) fail(argument, `'${call.name}' has no '${name}'; it has ${known.join(', ')}`);
  }

  function fail({ position }: Pick<Argument, 'position'>, problem: string): never {
    throw priorError(call.text, position, problem);
  }

  function number(name: string, otherwise?: number): number {
    const argument = found.get(name);
    if (!argument)
      return otherwise ?? fail({ position: call.text.length - 1 }, `'${call.name}' needs '${name}'`);
    return typeof argument.value === 'number' ? argument.value : fail(argument, `'${name}' is a number`);
  }

  function boolean(name: string): boolean {
    const argument = found.get(name);
    if (!argument) return false;
    return typeof argument.value === 'boolean'
      ? argument.value
      : fail(argument, `'${name}' is True or False`);
  }

  const precision = (): number | null =>
    found.get('precision')?.value === null ? null : number('precision', DEFAULT_PRECISION);

  function common(): { shape: Shape; default?: unknown } {
    const shape = found.get('shape')?.value ?? [];
    const sizes = (Array.isArray(shape) ? shape : [shape]) as number[];
    const start = found.get('default_value')?.value ?? undefined;
    return start === undefined ? { shape: sizes } : { shape: sizes, default: start };
  }

  return { number, boolean, precision, common };
}
