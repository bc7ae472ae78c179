/**
 * `exp` and `log` made of additions, multiplications, divisions and bit patterns alone. `Math.exp` and `Math.log` may
 * differ in the last digit from one engine to another; these do not, so that a seed gives the same search everywhere.
 */

const LN2_HIGH = 0.69314718036912381649; // the leading 33 bits of ln 2, so that a whole number times it is exact
const LN2_LOW = 1.90821492927058770002e-10; // ln 2 - LN2_HIGH

/** The exponential of `x`, with a relative error under 1e-15. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 709.79) return Number.POSITIVE_INFINITY;
  if (x < -745.14) return 0;
  const k = Math.round(x / Math.LN2);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let series = 1;
  for (let n = 13; n > 0; n -= 1) series = 1 + (series * r) / n;
  const half = Math.trunc(k / 2); // in two steps, as 2^k itself may be out of range where e^x is not
  return series * powerOfTwo(half) * powerOfTwo(k - half);
}

/** The natural logarithm of `x`, with an error under 1e-15 (relative, and absolute near 1). */
export function log(x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (!(x > 0) || x === Number.POSITIVE_INFINITY) return x > 0 ? x : Number.NaN;
  if (x < 2 ** -1022) return log(x * 2 ** 54) - 54 * LN2_HIGH - 54 * LN2_LOW;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const high = view.getUint32(0);
  let k = (high >>> 20) - 1023;
  view.setUint32(0, (high & 0xfffff) | (1023 << 20));
  let mantissa = view.getFloat64(0);
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    k += 1;
  }
  return k * LN2_HIGH + (2 * inverseHyperbolicTangent((mantissa - 1) / (mantissa + 1)) + k * LN2_LOW);
}

/** The series s + s³/3 + s⁵/5 + …, for |s| < 0.172. */
function inverseHyperbolicTangent(s: number): number {
  const square = s * s;
  let series = 0;
  for (let n = 23; n > 1; n -= 2) series = (series + 1 / n) * square;
  return s * (1 + series);
}

function powerOfTwo(k: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setUint32(0, (k + 1023) << 20);
  return view.getFloat64(0);
}
