import { pythonNumber, pythonRepr, type WholeNumbers } from '@trialbase/core';
import { problemOf } from './check.js';
import { DEFAULT_PRECISION, shares } from './define.js';
import type { CategoricalDimension, Dimension, NumericDimension, Prior, Shape } from './dimension.js';
import { type Argument, type Call, parseCall, priorError } from './python-literal.js';

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
    return callText('fidelity', [low, high].map(whole), base === 2 ? [] : [`base=${whole(base)}`]);
  }
  if (dimension.type === 'categorical') {
    return callText('choices', [categoriesText(dimension)], commonTexts(dimension, 'int'));
  }
  const { type, prior, precision } = dimension;
  const numbers = type === 'integer' ? 'int' : 'float';
  const options = commonTexts(dimension, numbers);
  if (type === 'integer') options.push('discrete=True');
  else if (precision !== DEFAULT_PRECISION) options.push(`precision=${pythonRepr(precision, 'int')}`);
  return callText(prior.name, priorTexts(prior, numbers), options);
}

function callText(name: string, values: readonly string[], options: readonly string[]): string {
  return `${name}(${[...values, ...options].join(', ')})`;
}

function priorTexts(prior: Prior, numbers: WholeNumbers): string[] {
  if (prior.name === 'normal')
    return [prior.mean, prior.deviation].map((value) => pythonNumber(value, 'float'));
  return [prior.low, prior.high].map((value) => pythonNumber(value, numbers));
}

function categoriesText({ values, probabilities }: CategoricalDimension): string {
  const texts = values.map((value) => pythonRepr(value, 'int'));
  if (probabilities.every((share) => share === probabilities[0])) return `[${texts.join(', ')}]`;
  return `{${texts.map((text, i) => `${text}: ${pythonNumber(probabilities[i] ?? 0, 'float')}`).join(', ')}}`;
}

function commonTexts(dimension: NumericDimension | CategoricalDimension, numbers: WholeNumbers): string[] {
  const { shape } = dimension;
  const sizes = shape.length === 1 ? `${shape[0]}` : `(${shape.join(', ')})`;
  return [
    ...(shape.length > 0 ? [`shape=${sizes}`] : []),
    ...(dimension.default === undefined ? [] : [`default_value=${pythonRepr(dimension.default, numbers)}`]),
  ];
}

function whole(value: number): string {
  return pythonNumber(value, 'int');
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
  const [first = null] = positional.map(({ value }) => value);
  if (positional.length === 1 && first instanceof Map) {
    return { type: 'categorical', ...shares([...first.keys()], [...first.values()]), ...given.common() };
  }
  const values =
    positional.length === 1 && Array.isArray(first) ? first : positional.map(({ value }) => value);
  return { type: 'categorical', ...shares(values), ...given.common() };
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
