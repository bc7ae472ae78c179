import type { Fields, Path } from '../document.js';
import { describe } from '../errors.js';
import { isFields } from '../values/is-fields.js';
import { allOf, and, anyOf, type Condition, compare, everything, not } from './condition.js';
import {
  comparisonParsers,
  listOf,
  type OperatorParser,
  type OperatorUse,
  parseValue,
} from './parse-comparison.js';
import { inside, invalid, isOperatorName, type QueryPlace, stepsOf, topOf } from './query-place.js';

/**
 * Reads a MongoDB query. `null` and `undefined` ask for everything. The condition shares nothing with the query.
 *
 * @throws InvalidQueryError if it is no query, or asks for what is not supported: names the operator and the path.
 */
export function parseQuery(query: unknown): Condition {
  return query === null || query === undefined ? everything : parseFields(query, topOf('The query'));
}

function parseFields(query: unknown, place: QueryPlace): Condition {
  if (!isFields(query)) throw invalid(place, `must be an object of conditions, not ${describe(query)}`);
  return allOf(
    Object.entries(query).map(([key, value]) => {
      const within = inside(place, key);
      return isOperatorName(key)
        ? parseLogic(key, value, within)
        : parseField(stepsOf(key, within), value, within);
    }),
  );
}

/** The operators that stand in the place of a field: what they make of the queries in their list. */
const combinations: ReadonlyMap<string, (conditions: readonly Condition[]) => Condition> = new Map([
  ['$and', allOf],
  ['$or', anyOf],
  ['$nor', (conditions: readonly Condition[]) => not(anyOf(conditions))],
]);

function parseLogic(operator: string, operand: unknown, place: QueryPlace): Condition {
  const combine = combinations.get(operator);
  if (combine) return combine(parseList(operand, place));
  throw invalid(place, `is no operator that stands in the place of a field: those are $and, $or and $nor`);
}

function parseList(operand: unknown, place: QueryPlace): Condition[] {
  if (!Array.isArray(operand) || operand.length === 0) {
    throw invalid(place, `must be an array of at least one query, not ${describe(operand)}`);
  }
  return Array.from(operand, (query: unknown, i) => parseFields(query, inside(place, i)));
}

function parseField(path: Path, value: unknown, place: QueryPlace): Condition {
  return holdsOperators(value, place) ? parseOperators(path, value, place) : parseValue(path, value, place);
}

/** Whether a value is made of operators. One that mixes them with fields is a slip, and refused. */
function holdsOperators(value: unknown, place: QueryPlace): value is Fields {
  if (!isFields(value)) return false;
  const keys = Object.keys(value);
  if (!keys.some(isOperatorName)) return false;
  const field = keys.find((key) => !isOperatorName(key));
  if (field === undefined) return true;
  throw invalid(
    place,
    `has the field ${describe(field)} beside operators: ask for a field by '<path>.${field}'`,
  );
}

function parseOperators(path: Path, operators: Fields, place: QueryPlace): Condition {
  const conditions: Condition[] = [];
  for (const [name, operand] of Object.entries(operators)) {
    if (name === '$options' && Object.hasOwn(operators, '$regex')) continue;
    conditions.push(parseOperator(name, { path, operand, place: inside(place, name), beside: operators }));
  }
  return allOf(conditions);
}

/** The operators that stand below a field. */
const operatorParsers: ReadonlyMap<string, OperatorParser> = new Map([
  ...comparisonParsers,
  ['$not', parseNot],
  ['$all', parseAll],
  ['$elemMatch', parseElementMatch],
]);

function parseOperator(name: string, use: OperatorUse): Condition {
  const parse = operatorParsers.get(name);
  if (parse) return parse(use);
  if (name === '$options') throw invalid(use.place, 'stands without a $regex');
  const known = [...operatorParsers.keys(), ...combinations.keys()].join(' ');
  throw invalid(use.place, `is an unknown operator: known are ${known}`);
}

function parseNot({ path, operand, place }: OperatorUse): Condition {
  if (operand instanceof RegExp) return not(parseValue(path, operand, place));
  if (holdsOperators(operand, place)) return not(parseOperators(path, operand, place));
  throw invalid(place, `must be an object of operators or a RegExp, not ${describe(operand)}`);
}

const isContainer = compare([], 'type', ['object', 'array']);

function parseElementMatch({ path, operand, place }: OperatorUse): Condition {
  if (!isFields(operand)) throw invalid(place, `must be an object of conditions, not ${describe(operand)}`);
  const [first] = Object.keys(operand);
  if (first !== undefined && isOperatorName(first) && !combinations.has(first)) {
    holdsOperators(operand, place);
    return { kind: 'element', path, condition: parseOperators([], operand, place) };
  }
  return { kind: 'element', path, condition: and(isContainer, parseFields(operand, place)) };
}

function parseAll({ path, operand, place, beside }: OperatorUse): Condition {
  if (!Array.isArray(operand)) throw invalid(place, `must be an array, not ${describe(operand)}`);
  if (operand.length === 0) return anyOf([]);
  if (!operand.some(isElementMatch)) {
    return allOf(listOf(operand, place).map((value, i) => parseValue(path, value, inside(place, i))));
  }
  return allOf(
    Array.from(operand, (each: unknown, i) => {
      const within = inside(place, i);
      if (!isElementMatch(each)) throw invalid(within, 'must be an $elemMatch, as others in this $all are');
      return parseElementMatch({ path, operand: each['$elemMatch'], place: within, beside });
    }),
  );
}

function isElementMatch(value: unknown): value is Fields {
  return isFields(value) && Object.keys(value).length === 1 && Object.hasOwn(value, '$elemMatch');
}
