import { seedRandom } from 'trialbase';
import type { Samples } from './network.js';
import { shuffle } from './shuffle.js';
import { unpack } from './unpack.js';

/** An image has 8 × 8 pixels and shows one of ten digits. */
export const PIXELS = 64;
export const CLASSES = 10;

/** Where the images are: a file of text, gzipped. Bundlers know this form, and take the file along. */
export const DATA = new URL('../data/digits.csv.gz', import.meta.url);

/** One deal for everybody: figures compare only between networks that learned from, and were judged by, the same images. */
const SPLIT_SEED = 1;

/** The ink of a black pixel in the data. */
const MOST_INK = 16;

/** The digits in three parts that share no image. */
export interface Parts {
  /** The network learns from these. */
  readonly train: Samples;
  /** The search chooses by these. */
  readonly validation: Samples;
  /** Looked at once, at the end: what the chosen network makes of images that had no say in choosing it. */
  readonly test: Samples;
}

/** The digits of the file {@link DATA}, dealt out into parts, always in the same way. */
export async function readDigits(file: Uint8Array<ArrayBuffer>, seed: number = SPLIT_SEED): Promise<Parts> {
  return split(parseDigits(await unpack(file)), seed);
}

/** Reads the rows of the data: 64 pixels, from 0 to 16, and the digit. Pixels are scaled to 0..1. */
export function parseDigits(csv: string): Samples {
  const rows = csv
    .trim()
    .split('\n')
    .map((row) => row.split(',').map(Number));
  const inputs = new Float64Array(rows.length * PIXELS);
  const labels = new Uint8Array(rows.length);
  rows.forEach((row, i) => {
    if (row.length !== PIXELS + 1)
      throw new Error(`Row ${i + 1} of the digits has ${row.length} values instead of ${PIXELS + 1}`);
    inputs.set(
      row.slice(0, PIXELS).map((ink) => ink / MOST_INK),
      i * PIXELS,
    );
    labels[i] = row[PIXELS] as number;
  });
  return { inputs, labels };
}

/**
 * Deals the samples out at random: three fifths to learn from, one fifth to choose by, one fifth for the final figure.
 * Each digit is dealt out by itself, so that all parts hold the ten in the same proportions. The same seed deals alike.
 */
export function split(all: Samples, seed: number): Parts {
  const random = seedRandom(seed);
  const train: number[] = [];
  const validation: number[] = [];
  const test: number[] = [];
  for (let digit = 0; digit < CLASSES; digit++) {
    const ofDigit = [...all.labels.keys()].filter((i) => all.labels[i] === digit);
    shuffle(ofDigit, random);
    const fifth = Math.round(ofDigit.length / 5);
    test.push(...ofDigit.slice(0, fifth));
    validation.push(...ofDigit.slice(fifth, 2 * fifth));
    train.push(...ofDigit.slice(2 * fifth));
  }
  return { train: pick(all, train), validation: pick(all, validation), test: pick(all, test) };
}

/** The samples of both parts together. */
export function join(first: Samples, second: Samples): Samples {
  const inputs = new Float64Array(first.inputs.length + second.inputs.length);
  const labels = new Uint8Array(first.labels.length + second.labels.length);
  inputs.set(first.inputs);
  inputs.set(second.inputs, first.inputs.length);
  labels.set(first.labels);
  labels.set(second.labels, first.labels.length);
  return { inputs, labels };
}

function pick(all: Samples, which: readonly number[]): Samples {
  const inputs = new Float64Array(which.length * PIXELS);
  which.forEach((from, to) =>
    inputs.set(all.inputs.subarray(from * PIXELS, (from + 1) * PIXELS), to * PIXELS),
  );
  return { inputs, labels: Uint8Array.from(which, (i) => all.labels[i] as number) };
}
