import { compile, parseQuery } from '@trialbase/core/adapter';
import { Query } from 'mingo';
import siftModule from 'sift';
import { type MongoQuery, operatorQueries, protocolQueries, trial } from './matching-queries.js';

/** How fast a query is answered, in documents a second. */
export interface MatchingResult {
  readonly name: string;
  /** `protocol`: a query that the storage or its users ask; the bar is 2. `operator`: one of each; the bar is 1. */
  readonly kind: 'protocol' | 'operator';
  readonly trialbase: number;
  readonly sift: number;
  readonly mingo: number;
  /** How many times as fast as the faster of the other two. */
  readonly ratio: number;
}

// Its types say that the module has a default, not that it is one.
const sift = siftModule.default;

type Matcher = (document: object) => boolean;

const ROUNDS = 7;
const ROUND_MS = 30;

/** Measures all queries, each on 1,000 trials, the contenders in turn; of each the median of the rounds. */
export function benchMatching(): MatchingResult[] {
  const trials = Array.from({ length: 1_000 }, (_, i) => trial(i));
  return [
    ...Object.entries(protocolQueries).map(([name, query]) => measure(name, 'protocol', query, trials)),
    ...Object.entries(operatorQueries).map(([name, query]) => measure(name, 'operator', query, trials)),
  ];
}

function measure(
  name: string,
  kind: MatchingResult['kind'],
  query: MongoQuery,
  trials: readonly object[],
): MatchingResult {
  const mingo = new Query(query);
  const matchers = [
    compile(parseQuery(query)) as Matcher,
    sift(query) as Matcher,
    (document: object) => mingo.test(document as MongoQuery),
  ];
  const rates = matchers.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round++) {
    matchers.forEach((matcher, i) => {
      const rate = rateOf(matcher, trials);
      // The first round warms up.
      if (round > 0) rates[i]?.push(rate);
    });
  }
  const [ours = 0, siftRate = 0, mingoRate = 0] = rates.map(median);
  return {
    name,
    kind,
    trialbase: ours,
    sift: siftRate,
    mingo: mingoRate,
    ratio: ours / Math.max(siftRate, mingoRate),
  };
}

/** What the matchers found, kept so that no engine may leave out the work. */
let found = 0;

function rateOf(matcher: Matcher, trials: readonly object[]): number {
  const start = performance.now();
  let seen = 0;
  let elapsed = 0;
  while (elapsed < ROUND_MS) {
    for (const document of trials) if (matcher(document)) found++;
    seen += trials.length;
    elapsed = performance.now() - start;
  }
  return (seen / elapsed) * 1_000;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
