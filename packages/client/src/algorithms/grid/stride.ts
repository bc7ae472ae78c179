/** The share by whose multiples any stretch of a circle is soon filled evenly: the golden ratio less one. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * A step by which numbers below `size` are gone through, each once, so that however many have been, they are spread evenly
 * over all: the number nearest to the golden section of `size` that has no divisor in common with it. The places visited
 * then divide the whole into stretches of three lengths at most (the three-gap theorem; V. Sós 1958).
 */
export function strideOf(size: number): number {
  const golden = Math.round(size * GOLDEN);
  for (let distance = 0; ; distance += 1) {
    for (const stride of [golden - distance, golden + distance]) {
      if (stride >= 1 && commonDivisor(stride, size) === 1) return stride;
    }
  }
}

/** The number `stride` after `index`, in a circle of `size`; exact up to 2^53. */
export function stepOn(index: number, stride: number, size: number): number {
  const toEnd = size - index;
  return stride < toEnd ? index + stride : stride - toEnd;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
