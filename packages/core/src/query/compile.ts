import type { Fields } from '../document.js';
import type { Comparison, Condition, Operands, Operator } from './condition.js';
import { compareSame, equalValues, sortsByUnit } from './order.js';
import { patternTest } from './pattern/pattern-test.js';
import { typeTests } from './types.js';
import { anyAt, anyWithin, type Start, type Test } from './walk.js';

/** Makes a condition a function that tells whether a document meets it. It reads the document's own fields, and keeps and changes nothing. */
export function compile(condition: Condition): (document: Fields) => boolean {
  return toTest(condition, 'document');
}

function toTest(condition: Condition, start: Start): Test {
  switch (condition.kind) {
    case 'and':
      return all(condition.conditions.map((each) => toTest(each, start)));
    case 'or':
      return any(condition.conditions.map((each) => toTest(each, start)));
    case 'not':
      return negated(toTest(condition.condition, start));
    case 'element': {
      const element = toTest(condition.condition, 'element');
      return anyAt(condition.path, start, (value) => Array.isArray(value) && value.some(element));
    }
    case 'compare':
      return comparison(condition, start);
  }
}

function all(tests: readonly Test[]): Test {
  const [first, second, third] = tests;
  if (!first) return () => true;
  if (!second) return first;
  if (!third) return (value) => first(value) && second(value);
  if (tests.length === 3) return (value) => first(value) && second(value) && third(value);
  return (value) => tests.every((test) => test(value));
}

function any(tests: readonly Test[]): Test {
  const [first, second] = tests;
  if (!first) return () => false;
  if (!second) return first;
  if (tests.length === 2) return (value) => first(value) || second(value);
  return (value) => tests.some((test) => test(value));
}

function negated(test: Test): Test {
  return (value) => !test(value);
}

function comparison<O extends Operator>({ path, operator, operand }: Comparison<O>, start: Start): Test {
  const operate: Operation<O> = operators[operator];
  return operate(operand, {
    within: (test) => anyWithin(path, start, test),
    at: (test) => anyAt(path, start, test),
  });
}

/** How the values at a comparison's path are asked: those at its end with the elements of arrays there, or without them. */
interface Values {
  within(test: Test): Test;
  at(test: Test): Test;
}

type Operation<O extends Operator> = (operand: Operands[O], values: Values) => Test;

const operators: { readonly [O in Operator]: Operation<O> } = {
  equal: (operand, values) => values.within(equalTo(operand)),
  in: (operand, values) => values.within(oneOfThem(operand)),
  greater: (operand, values) => values.within(ordered(operand, (a, b) => a > b)),
  greaterOrEqual: (operand, values) => values.within(ordered(operand, (a, b) => a >= b)),
  less: (operand, values) => values.within(ordered(operand, (a, b) => a < b)),
  lessOrEqual: (operand, values) => values.within(ordered(operand, (a, b) => a <= b)),
  exists: (operand, values) => {
    const exists = values.at((value) => value !== undefined);
    return operand ? exists : negated(exists);
  },
  type: (operand, values) => values.within(any(operand.map((name) => typeTests[name]))),
  size: (operand, values) => values.at((value) => Array.isArray(value) && value.length === operand),
  mod: ({ divisor, remainder }, values) =>
    values.within((value) => isInt64(value) && Math.trunc(value) % divisor === remainder),
  regex: (operand, values) => {
    const test = patternTest(operand);
    return values.within((value) => typeof value === 'string' && test(value));
  },
};

function equalTo(operand: unknown): Test {
  if (operand === null || operand === undefined) return (value) => value === undefined || value === null;
  if (typeof operand === 'object' || Number.isNaN(operand)) return (value) => equalValues(value, operand);
  return (value) => value === operand;
}

/** Operands are looked up, so that their number does not matter. */
function oneOfThem(operands: readonly unknown[]): Test {
  const primitives = new Set<unknown>();
  const times = new Set<number>();
  const others: object[] = [];
  for (const operand of operands) {
    if (operand instanceof Date) times.add(operand.getTime());
    else if (typeof operand === 'object' && operand !== null) others.push(operand);
    else primitives.add(operand);
  }
  if (primitives.has(null)) primitives.add(undefined);
  const isAmongOthers = oneOfObjects(others);
  return (value) => {
    if (typeof value !== 'object' || value === null) return primitives.has(value);
    if (value instanceof Date) return times.has(value.getTime());
    return isAmongOthers(value);
  };
}

/** Up to so many arrays, objects and bytes, comparing them one by one takes less than making a text of the value asked about. */
const FEW = 16;

/** What equals has the same JSON, so that only what has the same JSON needs comparing. */
function oneOfObjects(operands: readonly object[]): Test {
  if (operands.length <= FEW) return (value) => operands.some((operand) => equalValues(value, operand));
  const byText = new Map<string, object[]>();
  for (const operand of operands) {
    const text = textOf(operand);
    const alike = byText.get(text);
    if (alike) alike.push(operand);
    else byText.set(text, [operand]);
  }
  return (value) => byText.get(textOf(value))?.some((operand) => equalValues(value, operand)) ?? false;
}

function textOf(value: unknown): string {
  // A stored array may hold large integers, which have no JSON.
  return JSON.stringify(value, (_key, held: unknown) => (typeof held === 'bigint' ? String(held) : held));
}

/** `relation` is asked of the two values where JavaScript orders them as MongoDB does, and otherwise of their order and 0. */
function ordered(operand: unknown, relation: (a: number | string, b: number | string) => boolean): Test {
  if (typeof operand === 'number' && !Number.isNaN(operand)) {
    return (value) => typeof value === 'number' && relation(value, operand);
  }
  if (typeof operand === 'string' && sortsByUnit(operand)) {
    return (value) => typeof value === 'string' && relation(value, operand);
  }
  if (operand instanceof Date) {
    const time = operand.getTime();
    return (value) => value instanceof Date && relation(value.getTime(), time);
  }
  return (value) => {
    const order = compareSame(value, operand);
    return order !== undefined && relation(order, 0);
  };
}

/** MongoDB divides 64-bit integers, and has no remainder for what does not fit one. */
function isInt64(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) < 2 ** 63;
}
