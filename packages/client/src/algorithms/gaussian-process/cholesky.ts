/** A square matrix, row by row. */
export interface Matrix {
  readonly size: number;
  readonly values: Float64Array;
}

/**
 * The lower triangle L of a symmetric matrix A = L Lᵀ, in its place; what is above the diagonal is left as it is.
 *
 * @returns whether the matrix was positive definite. Where it was not, it is spoilt.
 */
export function factorize({ size, values }: Matrix): boolean {
  for (let i = 0; i < size; i += 1) {
    const row = i * size;
    for (let j = 0; j <= i; j += 1) {
      const other = j * size;
      let sum = values[row + j] as number;
      for (let k = 0; k < j; k += 1) sum -= (values[row + k] as number) * (values[other + k] as number);
      if (j < i) values[row + j] = sum / (values[other + j] as number);
      else if (sum > 0) values[row + i] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
}

/** Solves L x = b. */
export function solveLower({ size, values }: Matrix, b: Float64Array): Float64Array {
  const x = new Float64Array(size);
  for (let i = 0; i < size; i += 1) {
    const row = i * size;
    let sum = b[i] as number;
    for (let k = 0; k < i; k += 1) sum -= (values[row + k] as number) * (x[k] as number);
    x[i] = sum / (values[row + i] as number);
  }
  return x;
}

/** The inverse of A = L Lᵀ. */
export function inverseOf(lower: Matrix): Matrix {
  const { size } = lower;
  const l = lower.values;
  // The rows of `columns` are the columns of the inverse of L.
  const columns = new Float64Array(size * size);
  for (let j = 0; j < size; j += 1) {
    const column = j * size;
    columns[column + j] = 1 / (l[column + j] as number);
    for (let i = j + 1; i < size; i += 1) {
      const row = i * size;
      let sum = 0;
      for (let k = j; k < i; k += 1) sum -= (l[row + k] as number) * (columns[column + k] as number);
      columns[column + i] = sum / (l[row + i] as number);
    }
  }
  const values = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = 0;
      for (let k = i; k < size; k += 1)
        sum += (columns[i * size + k] as number) * (columns[j * size + k] as number);
      values[i * size + j] = sum;
      values[j * size + i] = sum;
    }
  }
  return { size, values };
}

/** The product of a matrix and a vector. */
export function multiply({ size, values }: Matrix, x: Float64Array): Float64Array {
  const product = new Float64Array(size);
  for (let i = 0; i < size; i += 1) {
    let sum = 0;
    for (let k = 0; k < size; k += 1) sum += (values[i * size + k] as number) * (x[k] as number);
    product[i] = sum;
  }
  return product;
}
