import { beforeAll, describe, expect, test } from 'vitest';
import { InvalidDocumentError } from '../src/errors.js';
import type { Param, Result } from '../src/trials/trial.js';
import { type HashedTrial, trialHash, trialId } from '../src/trials/trial-id.js';
import { legacyTrialId, paramValues, trialFullName } from '../src/trials/trial-views.js';
import type { WholeNumbers } from '../src/values/python-repr.js';
import { decoded, pythonTags, readVectors } from './vectors/read-vectors.js';
import { countsOf, tally } from './vectors/tally.js';

/** A trial's fields as recorded, with the values of params and results still tagged. */
interface TaggedTrial {
  readonly experiment?: unknown;
  readonly params?: readonly Param[];
  readonly results?: readonly Result[];
  readonly parent?: unknown;
}

type Answer = { readonly result: unknown } | { readonly error: unknown };

type IdVector = {
  readonly name: string;
  readonly trial: TaggedTrial;
  /** Instead of the ids. */
  readonly error?: unknown;
  readonly params: Answer;
  readonly full_name: Answer;
} & Readonly<Record<keyof typeof ids, string>>;

const inId = { ignoreExperiment: true };

/** Each of the recorded ids, as it is asked for here. */
const ids = {
  id: trialId,
  hash_name: trialId,
  hash_params: (trial: HashedTrial) =>
    trialHash(trial, { ...inId, ignoreFidelity: true, ignoreLie: true, ignoreParent: true }),
  no_lie: (trial: HashedTrial) => trialHash(trial, { ...inId, ignoreLie: true }),
  no_parent: (trial: HashedTrial) => trialHash(trial, { ...inId, ignoreParent: true }),
  no_fidelity: (trial: HashedTrial) => trialHash(trial, { ...inId, ignoreFidelity: true }),
  legacy_id: legacyTrialId,
};
const idNames = Object.keys(ids) as (keyof typeof ids)[];

const vectors = await readVectors<IdVector>('trial-ids');
const sorted = vectors.map((vector) =>
  Object.assign(counterpart(vector.trial), { name: vector.name, vector }),
);

beforeAll(() => {
  tally('trial-ids', countsOf(sorted.map(({ outcome }) => outcome)));
});

describe('what Orion answered about a trial is answered here', () => {
  const compared = sorted.flatMap(({ name, trial, vector }) => (trial ? [{ name, trial, vector }] : []));

  test('of some trials', () => {
    expect(compared.length).toBeGreaterThan(0);
  });

  test.each(compared)('$name', ({ trial, vector }) => {
    expect(idNames.map((id) => [id, answerOf(() => ids[id](trial))])).toEqual(
      idNames.map((id) => [id, vector.error ? 'refused' : vector[id]]),
    );
    expect(answerOf(() => paramValues(trial))).toEqual(recorded(vector.params));
    expect(answerOf(() => trialFullName(trial))).toEqual(recorded(vector.full_name));
  });
});

function answerOf(view: () => unknown): unknown {
  try {
    return view();
  } catch (error) {
    if (error instanceof InvalidDocumentError) return 'refused';
    throw error;
  }
}

function recorded(answer: Answer): unknown {
  return 'error' in answer ? 'refused' : decoded(answer.result, pythonTags);
}

type Counterpart = HashedTrial & { readonly params: readonly Param[] };

/** The same trial here, if JavaScript has it. */
function counterpart(tagged: TaggedTrial): { readonly trial?: Counterpart; readonly outcome: string } {
  const { experiment, parent, params = [], results = [] } = tagged;
  const typed = params.map(typeThatFits);
  const fault =
    typed
      .map((param) => misfit(param.value, wholeNumbersOf(param.type)))
      .find((found) => found !== undefined) ??
    results.map(({ value }) => misfit(value, 'int')).find((found) => found !== undefined) ??
    misfit(experiment, 'int') ??
    misfit(parent, 'int');
  if (fault !== undefined) return { outcome: `not compared, for JavaScript has no counterpart of ${fault}` };
  const retyped = typed.some(({ type }, i) => type !== params[i]?.type);
  return {
    trial: decoded({ experiment, parent, params: typed, results }, pythonTags) as Counterpart,
    outcome: retyped
      ? 'compared, with the type changed of a param that holds ints as real or whole floats otherwise'
      : 'compared',
  };
}

/**
 * Orion lets a `real` hold ints and the other types whole floats, and writes them as they are. Here the type decides, so
 * such a param is compared under a type that says the same as Python's value.
 */
function typeThatFits(param: Param): Param {
  if (param.type === 'fidelity' || misfit(param.value, wholeNumbersOf(param.type)) === undefined)
    return param;
  const type = param.type === 'real' ? 'categorical' : 'real';
  return misfit(param.value, wholeNumbersOf(type)) === undefined ? { ...param, type } : param;
}

function wholeNumbersOf(type: Param['type']): WholeNumbers {
  return type === 'real' ? 'float' : 'int';
}

/** What in a tagged value JavaScript cannot say, where whole numbers are read as `whole`. */
function misfit(value: unknown, whole: WholeNumbers): string | undefined {
  if (typeof value === 'number')
    return whole === 'float' && Number.isInteger(value) ? 'an int among floats' : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  if ('$float' in value) {
    const isWhole = /^-?\d+\.0$/.test(String(value.$float)) && Number.isSafeInteger(Number(value.$float));
    return whole === 'int' && isWhole ? 'a whole float among ints' : undefined;
  }
  if ('$int' in value) return 'an int beyond 2^53';
  if ('$tuple' in value) return 'a tuple';
  if ('$dict' in value) return dictMisfit(value.$dict as [unknown, unknown][], whole);
  return firstMisfit(Object.values(value), whole);
}

function dictMisfit(entries: readonly [unknown, unknown][], whole: WholeNumbers): string | undefined {
  const keys = entries.map(([key]) => key);
  if (!keys.every((key) => typeof key === 'string')) return 'a dict with keys other than strings';
  const ordered = Object.keys(Object.fromEntries(entries));
  if (ordered.join('\0') !== keys.join('\0')) return 'a dict whose keys JavaScript puts in another order';
  return firstMisfit(
    entries.map(([, value]) => value),
    whole,
  );
}

function firstMisfit(values: readonly unknown[], whole: WholeNumbers): string | undefined {
  return values.map((value) => misfit(value, whole)).find((found) => found !== undefined);
}
