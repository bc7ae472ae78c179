/** Any view on bytes but a `DataView`. */
export type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

export type TypedArrayName = keyof typeof constructors;

const constructors = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
};

/** `get %TypedArray%.prototype[Symbol.toStringTag]`: the true name of a typed array, whatever subclass or realm it is of. */
const readName = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)?.get as (this: ArrayBufferView) => string | undefined;

/** The kind of a typed array: a Node `Buffer` is a `Uint8Array`. `undefined` for a `DataView` and for kinds that cannot be stored. */
export function typedArrayName(view: ArrayBufferView): TypedArrayName | undefined {
  const name = readName.call(view);
  return name !== undefined && isTypedArrayName(name) ? name : undefined;
}

export function isTypedArrayName(name: unknown): name is TypedArrayName {
  return typeof name === 'string' && Object.hasOwn(constructors, name);
}

/** A typed array of its own bytes with the same elements, of the plain kind `name`. */
export function copyTypedArray(name: TypedArrayName, view: ArrayBufferView): TypedArray {
  return new (constructors[name] as new (elements: ArrayBufferView) => TypedArray)(view);
}

/** The typed array of kind `name` over all of `bytes`; `undefined` where their number does not fit. */
export function typedArrayOver(name: TypedArrayName, bytes: Uint8Array<ArrayBuffer>): TypedArray | undefined {
  const constructor = constructors[name];
  return bytes.length % constructor.BYTES_PER_ELEMENT === 0 ? new constructor(bytes.buffer) : undefined;
}
