/** Something that a store should not have. `problem`: a promise is broken; `note`: harmless, and worth knowing. */
export interface Finding {
  readonly kind: 'problem' | 'note';
  /** Which document, line or file. */
  readonly where: string;
  readonly what: string;
}

export function problem(where: string, what: string): Finding {
  return { kind: 'problem', where, what };
}

export function note(where: string, what: string): Finding {
  return { kind: 'note', where, what };
}
