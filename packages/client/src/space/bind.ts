import { condition, type When } from './condition.js';
import { DEFAULT_PRECISION } from './define.js';
import type { Condition, NumericDimension } from './dimension.js';
import { type Argument, type Call, priorError } from './python-literal.js';

/** The arguments of a call by their names, read as what they should be. */
export interface Given {
  number(name: string, otherwise?: number): number;
  boolean(name: string): boolean;
  precision(): number | null;
  common(): Pick<NumericDimension, 'shape' | 'default' | 'when'>;
}

/** `ordered` may be given by place or by name, `named` by name alone. */
export function bind(call: Call, ordered: readonly string[], named: readonly string[]): Given {
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

  function common(): Pick<NumericDimension, 'shape' | 'default' | 'when'> {
    const shape = found.get('shape')?.value ?? [];
    const sizes = (Array.isArray(shape) ? shape : [shape]) as number[];
    const start = found.get('default_value')?.value ?? undefined;
    const when = found.get('when');
    return {
      shape: sizes,
      ...(start === undefined ? {} : { default: start }),
      ...(when === undefined ? {} : { when: readCondition(when) }),
    };
  }

  function readCondition(argument: Argument): Condition {
    const { value } = argument;
    if (value instanceof Map && [...value.keys()].every((key) => typeof key === 'string'))
      return condition(Object.fromEntries(value) as When);
    fail(argument, "'when' is a dict of parameters and the values that they have");
  }

  return { number, boolean, precision, common };
}
