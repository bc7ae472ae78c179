import { PickleError } from './pickle-error.js';
import { PythonClass, PythonObject, type PythonValue } from './python-values.js';

/** Makes a value of what a class would be called with. */
type Construct = (args: readonly PythonValue[], position: number) => PythonValue;

/** The classes that a pickle may call, each by a function of our own. All others are refused. */
const constructors: Readonly<Record<string, Construct>> = {
  'collections defaultdict': () => new Map(),
  'collections OrderedDict': ([pairs], position) => new Map(pairsOf(pairs ?? [], position)),
  'builtins set': ([items]) => new Set(Array.isArray(items) ? items : []),
  'builtins frozenset': ([items]) => new Set(Array.isArray(items) ? items : []),
  '__builtin__ set': ([items]) => new Set(Array.isArray(items) ? items : []),
  'datetime datetime': ([bytes], position) => dateOf(bytes, position),
  // How protocols below 3 write bytes: a text of as many characters.
  '_codecs encode': ([text], position) => latin1(text, position),
  'copyreg _reconstructor': ([type], position) => objectOf(type, position),
  'copy_reg _reconstructor': ([type], position) => objectOf(type, position),
};

/** The classes of which a pickle may hold objects: those of Orion's database. Only what they hold is read. */
const objects: ReadonlySet<string> = new Set(
  ['EphemeralDB', 'EphemeralCollection', 'EphemeralDocument'].map(
    (name) => `orion.core.io.database.ephemeraldb ${name}`,
  ),
);

/** Names that may stand in a pickle without being called. */
const harmless: ReadonlySet<string> = new Set(['builtins object', '__builtin__ object', ...objects]);

/** The class that a pickle names. @throws PickleError if it is none of those that are known: it names the class. */
export function classNamed(module: string, name: string, position: number): PythonClass {
  const full = `${module} ${name}`;
  if (Object.hasOwn(constructors, full) || harmless.has(full)) return new PythonClass(full);
  throw new PickleError(
    position,
    `it asks for '${module}.${name}', which is no part of Orion's database; nothing of it was carried out`,
  );
}

/** What calling a class gives. */
export function call(callee: PythonValue, args: PythonValue, position: number): PythonValue {
  const name = callee instanceof PythonClass ? callee.name : undefined;
  const construct = name !== undefined && Object.hasOwn(constructors, name) ? constructors[name] : undefined;
  if (construct && Array.isArray(args)) return construct(args, position);
  return objectOf(callee, position);
}

/** A new object of a class, still without state. */
export function objectOf(type: PythonValue | undefined, position: number): PythonValue {
  const name = type instanceof PythonClass ? type.name : undefined;
  if (name !== undefined && objects.has(name)) return new PythonObject(name);
  if (name?.endsWith(' defaultdict') || name?.endsWith(' OrderedDict')) return new Map();
  throw new PickleError(position, 'it makes an object of what is no class of a database');
}

function pairsOf(pairs: PythonValue, position: number): [PythonValue, PythonValue][] {
  if (!Array.isArray(pairs)) throw new PickleError(position, 'a dict there has no pairs');
  return pairs.map((pair) => {
    if (!Array.isArray(pair)) throw new PickleError(position, 'a dict there has no pairs');
    return [pair[0] ?? null, pair[1] ?? null];
  });
}

/** Ten bytes: year, month, day, hour, minute, second, and the microseconds. Orion's have no zone, and are UTC. */
function dateOf(given: PythonValue | undefined, position: number): Date {
  const bytes = typeof given === 'string' ? Buffer.from(given, 'latin1') : given;
  if (!(bytes instanceof Uint8Array) || bytes.length !== 10)
    throw new PickleError(position, 'a datetime there is not made of ten bytes');
  const [high = 0, low = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, a = 0, b = 0, c = 0] =
    bytes;
  const milliseconds = Math.floor((a * 65_536 + b * 256 + c) / 1_000);
  // The highest bit of the month tells which of two equal times it is, when clocks are set back.
  const time = new Date(0);
  time.setUTCFullYear(high * 256 + low, (month & 0x7f) - 1, day);
  time.setUTCHours(hour, minute, second, milliseconds);
  return time;
}

function latin1(text: PythonValue | undefined, position: number): Uint8Array {
  if (typeof text !== 'string') throw new PickleError(position, 'bytes there are not made of a text');
  return new Uint8Array(Buffer.from(text, 'latin1'));
}
