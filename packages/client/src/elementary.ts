/**
 * `exp` and `log` made of additions, multiplications, divisions, square roots and bit patterns alone. `Math.exp` and
 * `Math.log` may differ in the last digit from one engine to another; these do not, so that a seed gives the same search
 * everywhere.
 */

const LN2_HIGH = 0.69314718036912381649; // the leading 33 bits of ln 2, so that a whole number times it is exact
const LN2_LOW = 1.90821492927058770002e-10; // ln 2 - LN2_HIGH

/** The steps that the exponential divides each doubling into. */
const STEPS = 32;

/** 2^(i / STEPS), for i below STEPS. */
const fractions = fractionalPowers();

/** 2^k, for k from LEAST_POWER to 1023. */
const LEAST_POWER = -1074;
const powers = wholePowers();

/** The exponential of `x`, with a relative error under 1e-15. */
export function exp(x: number): number {
  if (!(x < 709.79)) return Number.isNaN(x) ? x : Number.POSITIVE_INFINITY;
  if (x < -745.14) return 0;
  const step = Math.round((x * STEPS) / Math.LN2);
  const r = x - step * (LN2_HIGH / STEPS) - step * (LN2_LOW / STEPS);
  const series = 1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720))))));
  const i = step & (STEPS - 1);
  const scaled = series * (fractions[i] as number);
  const k = (step - i) / STEPS;
  if (k > -1022 && k < 1024) return scaled * (powers[k - LEAST_POWER] as number);
  // In two steps, as 2^k itself may be out of range where e^x is not.
  const half = Math.trunc(k / 2);
  return scaled * (powers[half - LEAST_POWER] as number) * (powers[k - half - LEAST_POWER] as number);
}

const bits = new DataView(new ArrayBuffer(8));

/** The natural logarithm of `x`, with an error under 1e-15 (relative, and absolute near 1). */
export function log(x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (!(x > 0) || x === Number.POSITIVE_INFINITY) return x > 0 ? x : Number.NaN;
  if (x < 2 ** -1022) return log(x * 2 ** 54) - 54 * LN2_HIGH - 54 * LN2_LOW;
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  let k = (high >>> 20) - 1023;
  bits.setUint32(0, (high & 0xfffff) | (1023 << 20));
  let mantissa = bits.getFloat64(0);
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

function fractionalPowers(): Float64Array {
  const table = new Float64Array(STEPS).fill(1);
  let root = 2;
  for (let bit = STEPS / 2; bit >= 1; bit /= 2) {
    root = Math.sqrt(root);
    for (let i = 0; i < STEPS; i += 1) if (i & bit) table[i] = (table[i] as number) * root;
  }
  return table;
}

function wholePowers(): Float64Array {
  const table = new Float64Array(1024 - LEAST_POWER);
  let power = Number.MIN_VALUE;
  for (let i = 0; i < table.length; i += 1) {
    table[i] = power;
    power *= 2;
  }
  return table;
}
