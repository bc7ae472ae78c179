import { type ErrorCode, errorCode } from 'trialbase';

/** An error in plain words. */
export interface Explanation {
  /** What happened. */
  readonly title: string;
  /** What to do about it. */
  readonly advice: string;
  /** The error's own words. */
  readonly detail: string;
}

type Words = Omit<Explanation, 'detail'>;

const byCode: Partial<Record<ErrorCode, Words>> = {
  'storage-full': {
    title: 'There is no room left for the search',
    advice:
      'What was stored is safe. Free some room on the disk, or delete a search that you no longer need, and press Start: the search goes on.',
  },
  'storage-unavailable': {
    title: 'The store of this browser cannot be used',
    advice:
      'Allow this site to keep data (a private window may forbid it), close other tabs of this page that hang, and reload.',
  },
  'storage-closed': { title: 'The store was closed', advice: 'Reload the page: the search goes on.' },
  'unsupported-version': {
    title: 'A newer version of this page uses the store',
    advice: 'Reload the page to get that version. Nothing is lost.',
  },
  'corrupt-store': {
    title: 'The store is damaged',
    advice:
      'Export what is left of the search, then delete the data of this site in the settings of the browser.',
  },
  'lock-timeout': {
    title: 'Another tab did not let go of the search in time',
    advice: 'Close tabs of this page that hang, then press Start.',
  },
  'invalid-configuration': {
    title: 'The search cannot be opened like this',
    advice: 'Correct the address of the page, or open another search from the list below.',
  },
};

const otherwise: Words = {
  title: 'Something went wrong',
  advice: 'Nothing that was stored is lost. Reload the page to go on.',
};

/** Explains an error, also one of a worker, of which only the message came through. */
export function explain(error: unknown): Explanation {
  const message = error instanceof Error ? error.message : String(error);
  const code = errorCode(error);
  return { ...((code && byCode[code]) ?? otherwise), detail: message.replace(/ \[[a-z-]+\]$/, '') };
}
