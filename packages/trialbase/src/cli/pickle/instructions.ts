import { call, classNamed, objectOf } from './constructors.js';
import { MARK, type Machine } from './machine.js';
import { long, textFloat, textInteger, textLong } from './numbers.js';
import { PythonClass, PythonObject, type PythonValue } from './python-values.js';

/** The highest protocol that is read. */
const PROTOCOL = 5;

/** What an instruction does. The one that ends a pickle is not among them: see `readPickle`. */
type Instruction = (machine: Machine) => void;

/** The instructions, by their byte, as Python's `pickletools` lists them. */
export const instructions: ReadonlyMap<number, Instruction> = new Map<number, Instruction>([
  [0x80, protocol],
  [0x95, (machine) => void machine.reader.bytes(8)], // FRAME: how much may be read at once
  [0x28, (machine) => machine.push(MARK)],
  [0x30, (machine) => machine.discard()],
  [0x31, (machine) => void machine.popToMark()],
  [0x32, (machine) => machine.push(machine.top())],
  // Constants and numbers
  [0x4e, (machine) => machine.push(null)],
  [0x88, (machine) => machine.push(true)],
  [0x89, (machine) => machine.push(false)],
  [0x4a, (machine) => machine.push(machine.reader.int32())],
  [0x4b, (machine) => machine.push(machine.reader.unsigned(1))],
  [0x4d, (machine) => machine.push(machine.reader.unsigned(2))],
  [0x49, (machine) => machine.push(textInteger(machine))],
  [0x4c, (machine) => machine.push(textLong(machine))],
  [0x8a, (machine) => machine.push(long(machine, machine.reader.unsigned(1)))],
  [0x8b, (machine) => machine.push(long(machine, machine.reader.unsigned(4)))],
  [0x47, (machine) => machine.push(machine.reader.double())],
  [0x46, (machine) => machine.push(textFloat(machine))],
  // Texts and bytes
  [0x8c, (machine) => machine.push(machine.reader.text(machine.reader.unsigned(1)))],
  [0x58, (machine) => machine.push(machine.reader.text(machine.reader.unsigned(4)))],
  [0x8d, (machine) => machine.push(machine.reader.text(machine.reader.unsigned(8)))],
  [0x56, (machine) => machine.push(escapedText(machine.reader.line()))],
  [0x43, (machine) => machine.push(takeBytes(machine, machine.reader.unsigned(1)))],
  [0x42, (machine) => machine.push(takeBytes(machine, machine.reader.unsigned(4)))],
  [0x8e, (machine) => machine.push(takeBytes(machine, machine.reader.unsigned(8)))],
  [0x96, (machine) => machine.push(takeBytes(machine, machine.reader.unsigned(8)))],
  // Lists, tuples, dicts and sets
  [0x5d, (machine) => machine.push([])],
  [0x29, (machine) => machine.push([])],
  [0x7d, (machine) => machine.push(new Map())],
  [0x8f, (machine) => machine.push(new Set())],
  [0x6c, (machine) => machine.push(machine.popToMark())],
  [0x74, (machine) => machine.push(machine.popToMark())],
  [0x85, (machine) => machine.push([machine.pop()])],
  [0x86, (machine) => machine.push(machine.popMany(2))],
  [0x87, (machine) => machine.push(machine.popMany(3))],
  [0x64, (machine) => machine.push(put(machine, new Map(), machine.popToMark()))],
  [0x91, (machine) => machine.push(new Set(machine.popToMark()))],
  [0x61, (machine) => append(machine, [machine.pop()])],
  [0x65, (machine) => append(machine, machine.popToMark())],
  [0x73, (machine) => setItems(machine, machine.popMany(2))],
  [0x75, (machine) => setItems(machine, machine.popToMark())],
  [0x90, (machine) => addItems(machine, machine.popToMark())],
  // The memo
  [0x94, (machine) => machine.memoize()],
  [0x71, (machine) => machine.memoize(machine.reader.unsigned(1))],
  [0x72, (machine) => machine.memoize(machine.reader.unsigned(4))],
  [0x70, (machine) => machine.memoize(Number(machine.reader.line()))],
  [0x68, (machine) => machine.recall(machine.reader.unsigned(1))],
  [0x6a, (machine) => machine.recall(machine.reader.unsigned(4))],
  [0x67, (machine) => machine.recall(Number(machine.reader.line()))],
  // Classes and objects: named and made by what `constructors.ts` knows, never by code
  [0x63, (machine) => machine.push(classNamed(machine.reader.line(), machine.reader.line(), machine.at))],
  [0x93, stackGlobal],
  [0x52, reduce],
  [0x81, newObject],
  [0x62, build],
]);

function protocol(machine: Machine): void {
  const version = machine.reader.byte();
  if (version > PROTOCOL)
    throw machine.refusal(`it has protocol ${version}, and ${PROTOCOL} is the highest that is read`);
}

function escapedText(line: string): string {
  return line.replaceAll(/\\u([\da-fA-F]{4})|\\U([\da-fA-F]{8})/g, (_, short?: string, wide?: string) =>
    String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(short ?? wide ?? '0', 16))),
  );
}

function takeBytes(machine: Machine, length: number): Uint8Array {
  return new Uint8Array(machine.reader.bytes(length));
}

function append(machine: Machine, values: readonly PythonValue[]): void {
  const list = machine.top();
  if (!Array.isArray(list)) throw machine.refusal('it appends to what is no list');
  for (const value of values) list.push(value);
}

function setItems(machine: Machine, pairs: readonly PythonValue[]): void {
  put(machine, machine.top(), pairs);
}

function put(machine: Machine, dict: PythonValue, pairs: readonly PythonValue[]): PythonValue {
  if (!(dict instanceof Map) || pairs.length % 2 !== 0)
    throw machine.refusal('it sets items of what is no dict');
  for (let i = 0; i < pairs.length; i += 2) dict.set(pairs[i] ?? null, pairs[i + 1] ?? null);
  return dict;
}

function addItems(machine: Machine, values: readonly PythonValue[]): void {
  const set = machine.top();
  if (!(set instanceof Set)) throw machine.refusal('it adds to what is no set');
  for (const value of values) set.add(value);
}

function stackGlobal(machine: Machine): void {
  const [module, name] = machine.popMany(2);
  if (typeof module !== 'string' || typeof name !== 'string')
    throw machine.refusal('a class there has no name');
  machine.push(classNamed(module, name, machine.at));
}

function reduce(machine: Machine): void {
  const args = machine.pop();
  machine.push(call(machine.pop(), args, machine.at));
}

function newObject(machine: Machine): void {
  machine.pop(); // What its constructor would be called with: it is not called.
  machine.push(objectOf(machine.pop(), machine.at));
}

function build(machine: Machine): void {
  const state = machine.pop();
  const object = machine.top();
  if (object instanceof PythonObject) object.state = state;
  else if (!(object instanceof Map) && !(object instanceof PythonClass))
    throw machine.refusal('it gives a state to what is no object');
}
