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

export type TypedArrayName = TypedArray[typeof Symbol.toStringTag];

interface TypedArrayConstructor {
  new (buffer: ArrayBuffer): TypedArray;
  readonly BYTES_PER_ELEMENT: number;
}

const constructors: Readonly<Record<TypedArrayName, TypedArrayConstructor>> = {
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

const abstractPrototype = Object.getPrototypeOf(Uint8Array.prototype) as object;

/** The kind of a typed array: a Node `Buffer` is a `Uint8Array`. `undefined` for a `DataView` and for kinds that cannot be stored. */
export function typedArrayName(view: ArrayBufferView): TypedArrayName | undefined {
  // The getter of the abstract prototype tells the true kind, whatever subclass or realm the view is of.
  const name: unknown = Reflect.get(abstractPrototype, Symbol.toStringTag, view);
  return isTypedArrayName(name) ? name : undefined;
}

export function isTypedArrayName(name: unknown): name is TypedArrayName {
  return typeof name === 'string' && Object.hasOwn(constructors, name);
}

/** A typed array of its own bytes with the same elements, of the plain kind `name`. */
export function copyTypedArray(name: TypedArrayName, view: ArrayBufferView): TypedArray {
  const bytes = new Uint8Array(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  return new constructors[name](bytes.buffer);
}

/** The typed array of kind `name` over all of `bytes`; `undefined` where their number does not fit. */
export function typedArrayOver(name: TypedArrayName, bytes: Uint8Array<ArrayBuffer>): TypedArray | undefined {
  const constructor = constructors[name];
  return bytes.length % constructor.BYTES_PER_ELEMENT === 0 ? new constructor(bytes.buffer) : undefined;
}
