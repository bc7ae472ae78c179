import { pythonNumber, pythonRepr, type WholeNumbers } from '@trialbase/core';
import { bind, type Given } from './bind.js';
import { problemOf } from './check.js';
import { DEFAULT_PRECISION, shares } from './define.js';
import type { CategoricalDimension, Dimension, NumericDimension, Prior } from './dimension.js';
import { type Call, parseCall, priorError } from './python-literal.js';

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
    const options = [...commonTexts(dimension, 'int'), ...conditionTexts(dimension)];
    return callText('choices', [categoriesText(dimension)], options);
  }
  const { type, prior, precision } = dimension;
  const numbers = type === 'integer' ? 'int' : 'float';
  const options = commonTexts(dimension, numbers);
  if (type === 'integer') options.push('discrete=True');
  else if (precision !== DEFAULT_PRECISION) options.push(`precision=${pythonRepr(precision, 'int')}`);
  return callText(prior.name, priorTexts(prior, numbers), [...options, ...conditionTexts(dimension)]);
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

/** Orion has no conditions, and so none of its forms: `when={'optimizer': 'sgd', 'layers': [2, 3]}`. */
function conditionTexts({ when }: NumericDimension | CategoricalDimension): string[] {
  if (!when) return [];
  const texts = Object.entries(when).map(([parent, values]) => {
    const [value] = values;
    const single = values.length === 1 && !Array.isArray(value);
    return `${pythonRepr(parent, 'int')}: ${pythonRepr(single ? value : values, 'int')}`;
  });
  return [`when={${texts.join(', ')}}`];
}

function whole(value: number): string {
  return pythonNumber(value, 'int');
}

/** The options that all dimensions but a fidelity have, by their names in Orion. */
const commonOptions = ['shape', 'default_value', 'when'];

function readBounds(call: Call, name: 'uniform' | 'loguniform'): Dimension {
  const given = bind(call, ['low', 'high'], [...commonOptions, 'discrete', 'precision']);
  const [low, high] = [given.number('low'), given.number('high')];
  // Orion rounds the bounds of whole numbers outwards.
  if (!given.boolean('discrete')) return readNumeric(given, 'real', { name, low, high });
  return readNumeric(given, 'integer', { name, low: Math.floor(low), high: Math.ceil(high) });
}

function readNormal(call: Call): Dimension {
  const given = bind(call, ['loc', 'scale'], [...commonOptions, 'discrete', 'precision']);
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
  const given = bind({ ...call, positional: [] }, [], commonOptions);
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
