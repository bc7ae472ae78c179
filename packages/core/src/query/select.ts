import type { Selection, SelectionTree } from '../database.js';
import type { Fields } from '../document.js';

/** The fields of a document that a selection keeps. A field that is absent stays absent. */
export function select(document: Fields, selection: Selection): Fields {
  const { kind, fields, keepId } = selection;
  const { _id, ...rest } = document;
  const selected = kind === 'include' ? included(rest, fields) : excluded(rest, fields);
  return keepId && _id !== undefined ? { _id, ...selected } : selected;
}

function included(source: Fields, tree: SelectionTree): Fields {
  const kept: [string, unknown][] = [];
  for (const [name, value] of Object.entries(source)) {
    const below = tree.get(name);
    if (below === true) kept.push([name, value]);
    else if (below && Array.isArray(value)) kept.push([name, includedElements(value, below)]);
    else if (below && hasFields(value)) kept.push([name, included(value, below)]);
  }
  return Object.fromEntries(kept);
}

/** Of an array what lies in its objects is kept; an element that is none goes. */
function includedElements(elements: readonly unknown[], tree: SelectionTree): unknown[] {
  return elements.flatMap<unknown>((element) => {
    if (Array.isArray(element)) return [includedElements(element, tree)];
    return hasFields(element) ? [included(element, tree)] : [];
  });
}

function excluded(source: Fields, tree: SelectionTree): Fields {
  const kept: [string, unknown][] = [];
  for (const [name, value] of Object.entries(source)) {
    const below = tree.get(name);
    if (below === undefined) kept.push([name, value]);
    else if (below !== true) kept.push([name, excludedBelow(value, below)]);
  }
  return Object.fromEntries(kept);
}

function excludedBelow(value: unknown, tree: SelectionTree): unknown {
  if (Array.isArray(value)) return value.map((element) => excludedBelow(element, tree));
  return hasFields(value) ? excluded(value, tree) : value;
}

function hasFields(value: unknown): value is Fields {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
