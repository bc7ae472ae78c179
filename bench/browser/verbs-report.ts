import type { Bar, Section } from '../src/report.js';
import { type Figures, median, ratio } from '../src/rounds.js';
import type { VerbFigures } from './verbs.js';

/** So many times what the same costs by hand a verb may cost. */
const GOAL = 1.2;

/** The figures of one engine, a section for each library. */
export function reportVerbs(engine: string, measured: readonly VerbFigures[]): Section[] {
  return different(measured, 'library').map((library) => {
    const ofLibrary = measured.filter((figures) => figures.library === library);
    const where = `${engine}, ${library}`;
    return {
      title: `IndexedDB in ${engine} through ${library}, relaxed, in µs a call, beside the same by hand`,
      rows: byVerb(ofLibrary).flat().map(rowOf),
      notes: [
        'The waist is `database.write`, `find` or `count` as the protocol calls it, ours the protocol; each × is to by hand.',
        'By hand nothing is checked, and nobody is told of changes.',
        'Both keep how many trials there are of each status, in the transaction that changes it: by hand is no bare put.',
      ],
      bars: [...worstAtEachSize(where, ofLibrary), steepest(where, ofLibrary)],
    };
  });
}

/** The figures of each verb, by the documents that there were. */
function byVerb(measured: readonly VerbFigures[]): VerbFigures[][] {
  return different(measured, 'verb').map((verb) => measured.filter((figures) => figures.verb === verb));
}

function different<Key extends keyof VerbFigures>(
  measured: readonly VerbFigures[],
  key: Key,
): VerbFigures[Key][] {
  return [...new Set(measured.map((figures) => figures[key]))];
}

function rowOf({
  verb,
  documents,
  figures: { byHand, waist, protocol },
}: VerbFigures): Section['rows'][number] {
  return {
    verb,
    documents,
    'by hand': microseconds(byHand),
    waist: microseconds(waist),
    ours: microseconds(protocol),
    'waist ×': ratio(waist, byHand),
    'ours ×': ratio(protocol, byHand),
  };
}

function microseconds(milliseconds: Figures): number {
  return median(milliseconds) * 1_000;
}

function toByHand({ figures }: VerbFigures): number {
  return ratio(figures.protocol, figures.byHand);
}

function worstAtEachSize(where: string, measured: readonly VerbFigures[]): Bar[] {
  return different(measured, 'documents').map((documents) => {
    const ofSize = measured.filter((figures) => figures.documents === documents);
    const worst = ofSize.reduce((a, b) => (toByHand(b) > toByHand(a) ? b : a));
    return {
      name: `${where}, ${documents.toLocaleString('en-US')} documents, worst: ${worst.verb}`,
      goal: GOAL,
      at: 'most',
      figure: toByHand(worst),
      unit: '× by hand',
    };
  });
}

/** The verb that grows most with the documents, counted in the growth of the same by hand: the platform's own is not ours. */
function steepest(where: string, measured: readonly VerbFigures[]): Bar {
  const growths = byVerb(measured).map((sizes) => {
    const [smallest, largest] = [sizes[0], sizes.at(-1)] as [VerbFigures, VerbFigures];
    return { verb: smallest.verb, growth: toByHand(largest) / toByHand(smallest) };
  });
  const worst = growths.reduce((a, b) => (b.growth > a.growth ? b : a));
  return {
    name: `${where}, growth from the least to the most documents, worst: ${worst.verb}`,
    goal: GOAL,
    at: 'most',
    figure: worst.growth,
    unit: '× that by hand',
  };
}
