import type { MatchingResult } from './matching.js';
import type { Bar, Section } from './report.js';

/** The matching results as a section; of each kind of query the one that does worst against the bar. */
export function reportMatching(results: readonly MatchingResult[]): Section {
  return {
    title: 'Matching, in documents a second, each query compiled once',
    rows: results.map(({ name, kind, trialbase, sift, mingo, ratio }) => ({
      query: name,
      kind,
      Trialbase: trialbase,
      sift,
      mingo,
      ratio,
    })),
    notes: ['The ratio is to the faster of the other two.'],
    bars: [
      worst(
        'the protocol’s queries',
        2,
        results.filter(({ kind }) => kind === 'protocol'),
      ),
      worst(
        'operators',
        1,
        results.filter(({ kind }) => kind === 'operator'),
      ),
    ],
  };
}

function worst(what: string, goal: number, results: readonly MatchingResult[]): Bar {
  const { name, ratio } = results.reduce((a, b) => (b.ratio < a.ratio ? b : a));
  return {
    name: `matching, ${what}, worst: ${name}`,
    goal,
    at: 'least',
    figure: ratio,
    unit: '× the faster of sift and mingo',
  };
}
