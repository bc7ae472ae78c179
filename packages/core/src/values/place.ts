import { InvalidDocumentError } from '../errors.js';

/** How many arrays, objects, maps and sets may stand inside one another in a value that is stored. */
const MAX_DEPTH = 200;

/** Where in a value a walk through it stands: `step` is the way from `container` to what it looks at now. */
export interface Place {
  readonly above: Place | undefined;
  readonly container: object | undefined;
  step: string | number;
  readonly depth: number;
}

/** The place at the top of a value that error messages call `name`. */
export function startingAt(name: string): Place {
  return { above: undefined, container: undefined, step: name, depth: 0 };
}

/** The place inside `container`, which was found at `above`. @throws InvalidDocumentError if it is too deep, or inside itself. */
export function enter(container: object, above: Place): Place {
  if (above.depth === MAX_DEPTH) throw tooDeep(container, above);
  return { above, container, step: '', depth: above.depth + 1 };
}

function tooDeep(container: object, place: Place): InvalidDocumentError {
  const first = new Map<object, Place>();
  for (const at of [...wayTo(place), { above: place, container, step: '', depth: 0 }]) {
    if (at.container === undefined || at.above === undefined) continue;
    const met = first.get(at.container);
    if (met?.above) {
      return refused(
        at.above,
        `a cycle back to ${pathTo(met.above)}`,
        'refer to it by a name or an id instead',
      );
    }
    first.set(at.container, at);
  }
  return refused(place, `something nested more than ${MAX_DEPTH} levels deep`, 'flatten it');
}

/** The places from the outermost to this one. */
function wayTo(place: Place): Place[] {
  const way: Place[] = [];
  for (let at: Place | undefined = place; at; at = at.above) way.push(at);
  return way.toReversed();
}

function pathTo(place: Place): string {
  return wayTo(place).map(stepText).join('');
}

function stepText({ above, container, step }: Place): string {
  if (above === undefined) return String(step);
  if (container instanceof Map) return `.get(${step})`;
  return typeof step === 'number' ? `[${step}]` : `.${step}`;
}

/** The error that tells what was found at a place, and what to do about it. */
export function refused(place: Place, found: string, remedy: string, cause?: unknown): InvalidDocumentError {
  return new InvalidDocumentError(`${pathTo(place)} is ${found}, which cannot be stored: ${remedy}`, {
    cause,
  });
}
