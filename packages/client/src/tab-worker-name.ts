import { uniqueName } from './unique-name.js';

/** How long a page that is being left may take to free its name, in milliseconds. Browsers took up to 60. */
const HANDOVER = 500;

const names = new Map<string, Promise<string>>();

/**
 * A name for a worker of this tab. It stays the same when the page is reloaded, so that `workOn` goes on with the trial
 * it was at, and no two tabs have it, not even one that is a duplicate of the other. A page with several workers
 * gives each a prefix of its own, and hands the name to those that run in Web Workers. Where the platform cannot keep a
 * name, or not guard it (no `sessionStorage`, no Web Locks), each page has a new one.
 */
export function tabWorkerName(prefix = 'tab'): Promise<string> {
  const name = names.get(prefix) ?? keptOrNew(prefix);
  names.set(prefix, name);
  return name;
}

async function keptOrNew(prefix: string): Promise<string> {
  if (typeof document === 'undefined') return uniqueName(prefix);
  const key = `trialbase:worker-name:${prefix}`;
  const kept = read(key);
  // A duplicated tab begins with a copy of the session storage. The lock tells which of the two may have the name.
  if (kept && (await guard(kept))) return kept;
  const name = uniqueName(prefix);
  if (await guard(name)) write(key, name);
  return name;
}

/** Holds a lock on the name for as long as the page lives. @returns whether it has got it. */
async function guard(name: string): Promise<boolean> {
  const held = await lock(name);
  // WebKit takes its locks from a page that it keeps for the way back.
  if (held) window.addEventListener('pageshow', ({ persisted }) => persisted && void lock(name));
  return held;
}

function lock(name: string): Promise<boolean> {
  const locks: LockManager | undefined = navigator.locks;
  if (!locks) return Promise.resolve(false);
  return new Promise((resolve) => {
    const hold = (): Promise<never> => {
      resolve(true);
      return new Promise(() => {});
    };
    const signal = AbortSignal.timeout(HANDOVER);
    locks.request(`trialbase:worker-name:${name}`, { signal }, hold).catch(() => resolve(false));
  });
}

/** A page may be forbidden to touch its session storage. */
function read(key: string): string | undefined {
  try {
    return sessionStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** A name that cannot be kept serves until the page is left. */
function write(key: string, name: string): void {
  try {
    sessionStorage.setItem(key, name);
  } catch {}
}
