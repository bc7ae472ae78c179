import type { Fields, Path } from '../document.js';
import { describe } from '../errors.js';
import { type Condition, everything, type TypeName } from './condition.js';
import { comparisonParsers, listOf, not, type OperatorUse, parseValue } from './parse-comparison.js';
import { inside, invalid, isOperatorName, type QueryPlace, stepsOf, topOf } from './query-place.js';
import { isFields } from './value-type.js';

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

function allOf(conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return everything;
  return conditions.length === 1 ? (conditions[0] as Condition) : { kind: 'and', conditions };
}

function parseLogic(operator: string, operand: unknown, place: QueryPlace): Condition {
  switch (operator) {
    case '$and':
      return allOf(parseList(operand, place));
    case '$or':
      return { kind: 'or', conditions: parseList(operand, place) };
    case '$nor':
      return not({ kind: 'or', conditions: parseList(operand, place) });
    default:
      throw invalid(
        place,
        `is no operator that stands in the place of a field: those are $and, $or and $nor`,
      );
  }
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

function parseOperator(name: string, use: OperatorUse): Condition {
  switch (name) {
    case '$not':
      return parseNot(use);
    case '$elemMatch':
      return parseElementMatch(use);
    case '$all':
      return parseAll(use);
    case '$options':
      throw invalid(use.place, 'stands without a $regex');
    default: {
      const parse = comparisonParsers.get(name);
      if (parse) return parse(use);
      throw invalid(use.place, `is an unknown operator: known are ${knownOperators}`);
    }
  }
}

const knownOperators: string = [
  ...comparisonParsers.keys(),
  '$not',
  '$all',
  '$elemMatch',
  '$and',
  '$or',
  '$nor',
].join(' ');

function parseNot({ path, operand, place }: OperatorUse): Condition {
  if (operand instanceof RegExp) return not(parseValue(path, operand, place));
  if (holdsOperators(operand, place)) return not(parseOperators(path, operand, place));
  throw invalid(place, `must be an object of operators or a RegExp, not ${describe(operand)}`);
}

const containers: readonly TypeName[] = ['object', 'array'];

function parseElementMatch({ path, operand, place }: OperatorUse): Condition {
  if (!isFields(operand)) throw invalid(place, `must be an object of conditions, not ${describe(operand)}`);
  const [first] = Object.keys(operand);
  if (first !== undefined && isOperatorName(first) && !logicOperators.has(first)) {
    holdsOperators(operand, place);
    return { kind: 'element', path, condition: parseOperators([], operand, place) };
  }
  const isContainer: Condition = { kind: 'compare', path: [], operator: 'type', operand: containers };
  return { kind: 'element', path, condition: allOf([isContainer, parseFields(operand, place)]) };
}

const logicOperators: ReadonlySet<string> = new Set(['$and', '$or', '$nor']);

function parseAll({ path, operand, place, beside }: OperatorUse): Condition {
  if (!Array.isArray(operand)) throw invalid(place, `must be an array, not ${describe(operand)}`);
  if (operand.length === 0) return { kind: 'or', conditions: [] };
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
