/** What a pickle can hold, as far as {@link readPickle} reads it: lists and tuples are arrays, dicts are maps. */
export type PythonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Date
  | PythonValue[]
  | Map<PythonValue, PythonValue>
  | Set<PythonValue>
  | PythonClass
  | PythonObject;

/** A class, by its module and name; it is never loaded. */
export class PythonClass {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** An object of a class: its state is kept, and none of its code is run. */
export class PythonObject {
  readonly className: string;
  state: PythonValue = null;

  constructor(className: string) {
    this.className = className;
  }
}
