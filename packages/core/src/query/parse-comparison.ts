import type { Fields, Path } from '../document.js';
import { describe } from '../errors.js';
import type { Comparison, Condition, Operands, Operator, TypeName } from './condition.js';
import { copyOperand, copyOperands } from './parse-operand.js';
import { parseRegex, withOptions } from './parse-regex.js';
import { inside, invalid, isOperatorName, type QueryPlace } from './query-place.js';
import { typeNamed, typeNames } from './types.js';
import { isFields } from './value-type.js';

/** An operator of a query with its operand: where it stands, and the operators beside it. */
export interface OperatorUse {
  readonly path: Path;
  readonly operand: unknown;
  readonly place: QueryPlace;
  readonly beside: Fields;
}

type OperatorParser = (use: OperatorUse) => Condition;

/** The operators that relate a value to an operand, by MongoDB's names. */
export const comparisonParsers: ReadonlyMap<string, OperatorParser> = new Map<string, OperatorParser>([
  ['$eq', ({ path, operand, place }) => compare(path, 'equal', copyOperand(operand, place))],
  ['$ne', ({ path, operand, place }) => not(compare(path, 'equal', copyOperand(operand, place)))],
  ['$gt', ({ path, operand, place }) => compare(path, 'greater', copyOperand(operand, place))],
  ['$gte', ({ path, operand, place }) => compare(path, 'greaterOrEqual', copyOperand(operand, place))],
  ['$lt', ({ path, operand, place }) => compare(path, 'less', copyOperand(operand, place))],
  ['$lte', ({ path, operand, place }) => compare(path, 'lessOrEqual', copyOperand(operand, place))],
  ['$in', oneOfList],
  ['$nin', (use) => not(oneOfList(use))],
  ['$exists', exists],
  ['$type', ({ path, operand, place }) => compare(path, 'type', typesOf(operand, place))],
  ['$size', ({ path, operand, place }) => compare(path, 'size', sizeOf(operand, place))],
  ['$mod', ({ path, operand, place }) => compare(path, 'mod', divisionOf(operand, place))],
  [
    '$regex',
    ({ path, operand, place, beside }) => compare(path, 'regex', withOptions(operand, beside, place)),
  ],
]);

/** A value in the place of operators: equality with it, or the pattern that it is. */
export function parseValue(path: Path, value: unknown, place: QueryPlace): Condition {
  if (value instanceof RegExp) return compare(path, 'regex', parseRegex(value, place));
  return compare(path, 'equal', copyOperand(value, place));
}

function compare<O extends Operator>(path: Path, operator: O, operand: Operands[O]): Condition {
  return { kind: 'compare', path, operator, operand } as Comparison;
}

/** The opposite of a condition. */
export function not(condition: Condition): Condition {
  return { kind: 'not', condition };
}

function oneOfList({ path, operand, place }: OperatorUse): Condition {
  const list = listOf(operand, place);
  const patterns = list.filter((element) => element instanceof RegExp);
  const values = patterns.length > 0 ? list.filter((element) => !(element instanceof RegExp)) : list;
  const among = compare(path, 'in', copyOperands(values, place));
  if (patterns.length === 0) return among;
  return { kind: 'or', conditions: [among, ...patterns.map((pattern) => parseValue(path, pattern, place))] };
}

function exists({ path, operand, place }: OperatorUse): Condition {
  if (typeof operand === 'boolean' || typeof operand === 'number')
    return compare(path, 'exists', Boolean(operand));
  throw invalid(place, `must be true or false, not ${describe(operand)}`);
}

/** The elements of a list of values. @throws InvalidQueryError if it is no array, or an element is an operator. */
export function listOf(operand: unknown, place: QueryPlace): readonly unknown[] {
  if (!Array.isArray(operand)) throw invalid(place, `must be an array, not ${describe(operand)}`);
  const operators = operand.findIndex(
    (element) => isFields(element) && Object.keys(element).some(isOperatorName),
  );
  if (operators >= 0)
    throw invalid(inside(place, operators), 'holds an operator, where only values may stand');
  return operand;
}

function typesOf(operand: unknown, place: QueryPlace): TypeName[] {
  const named: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  if (named.length === 0) throw invalid(place, 'must name at least one type');
  return Array.from(named, (each) => {
    const name = typeNamed(each);
    if (name) return name;
    throw invalid(
      place,
      `names the type ${describe(each)}: known are ${typeNames.join(', ')} and MongoDB's numbers of them`,
    );
  });
}

function sizeOf(operand: unknown, place: QueryPlace): number {
  if (Number.isSafeInteger(operand) && (operand as number) >= 0) return operand as number;
  throw invalid(place, `must be a whole number from 0 up, not ${describe(operand)}`);
}

function divisionOf(operand: unknown, place: QueryPlace): Operands['mod'] {
  const [divisor, remainder] = Array.isArray(operand) && operand.length === 2 ? operand.map(truncated) : [];
  if (divisor === undefined || divisor === 0 || remainder === undefined) {
    throw invalid(
      place,
      `must be [divisor, remainder], two finite numbers and the first not 0, not ${describe(operand)}`,
    );
  }
  return { divisor, remainder };
}

function truncated(value: unknown): number | undefined {
  return Number.isFinite(value) ? Math.trunc(value as number) : undefined;
}
