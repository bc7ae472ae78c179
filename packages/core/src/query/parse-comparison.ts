import type { Fields, Path } from '../document.js';
import { describe } from '../errors.js';
import { isFields } from '../values/is-fields.js';
import {
  anyOf,
  type Condition,
  compare,
  not,
  type Operands,
  type Operator,
  type TypeName,
} from './condition.js';
import { copyOperand, copyOperands } from './parse-operand.js';
import { parseRegex, withOptions } from './parse-regex.js';
import { inside, invalid, isOperatorName, type QueryPlace } from './query-place.js';
import { typeNamed, typeNames } from './types.js';

/** An operator of a query with its operand: where it stands, and the operators beside it. */
export interface OperatorUse {
  readonly path: Path;
  readonly operand: unknown;
  readonly place: QueryPlace;
  readonly beside: Fields;
}

/** Reads an operator. */
export type OperatorParser = (use: OperatorUse) => Condition;

/** The operators that relate a value to an operand, by MongoDB's names. */
export const comparisonParsers: ReadonlyMap<string, OperatorParser> = new Map<string, OperatorParser>([
  ['$eq', comparison('equal', copyOperand)],
  ['$ne', negated(comparison('equal', copyOperand))],
  ['$gt', comparison('greater', copyOperand)],
  ['$gte', comparison('greaterOrEqual', copyOperand)],
  ['$lt', comparison('less', copyOperand)],
  ['$lte', comparison('lessOrEqual', copyOperand)],
  ['$in', oneOfList],
  ['$nin', negated(oneOfList)],
  ['$exists', comparison('exists', existenceOf)],
  ['$type', comparison('type', typesOf)],
  ['$size', comparison('size', sizeOf)],
  ['$mod', comparison('mod', divisionOf)],
  ['$regex', comparison('regex', withOptions)],
]);

/** Reads a comparison whose operand is read by `read`. */
function comparison<O extends Operator>(
  operator: O,
  read: (operand: unknown, place: QueryPlace, beside: Fields) => Operands[O],
): OperatorParser {
  return ({ path, operand, place, beside }) => compare(path, operator, read(operand, place, beside));
}

function negated(parse: OperatorParser): OperatorParser {
  return (use) => not(parse(use));
}

/** A value in the place of operators: equality with it, or the pattern that it is. */
export function parseValue(path: Path, value: unknown, place: QueryPlace): Condition {
  if (value instanceof RegExp) return compare(path, 'regex', parseRegex(value, place));
  return compare(path, 'equal', copyOperand(value, place));
}

function oneOfList({ path, operand, place }: OperatorUse): Condition {
  const list = listOf(operand, place);
  const patterns = list.filter((element) => element instanceof RegExp);
  const values = patterns.length > 0 ? list.filter((element) => !(element instanceof RegExp)) : list;
  const among = compare(path, 'in', copyOperands(values, place));
  if (patterns.length === 0) return among;
  return anyOf([among, ...patterns.map((pattern) => parseValue(path, pattern, place))]);
}

function existenceOf(operand: unknown, place: QueryPlace): boolean {
  if (typeof operand === 'boolean' || typeof operand === 'number') return Boolean(operand);
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
