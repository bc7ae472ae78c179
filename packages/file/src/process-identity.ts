import fs from 'node:fs';
import os from 'node:os';

/** Names one process among all that can reach a store, so that others can tell whether it still runs. */
export interface ProcessIdentity {
  readonly host: string;
  /** Tells boots of a machine apart, and containers on it that count their processes separately. Empty where the platform does not say. */
  readonly boot: string;
  readonly pid: number;
  /** When the process started, in the kernel's own count: a pid is used again, this pair is not. Empty where the platform does not say. */
  readonly started: string;
}

let own: ProcessIdentity | undefined;

/** The identity of this process. */
export function thisProcess(): ProcessIdentity {
  own ??= {
    host: os.hostname(),
    boot: bootOfThisMachine(),
    pid: process.pid,
    started: inspect(process.pid).started,
  };
  return own;
}

/**
 * Whether a process is known to run no longer. `false` also where this process cannot tell: on another machine, in another
 * container, or before the last boot of a machine that has the same name.
 */
export function isGone(process: ProcessIdentity): boolean {
  const here = thisProcess();
  if (process.host !== here.host || process.boot !== here.boot) return false;
  const now = inspect(process.pid);
  return !now.running || (process.started !== '' && now.started !== '' && now.started !== process.started);
}

function bootOfThisMachine(): string {
  const boot = textOf(() => fs.readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim());
  const namespace = textOf(() => fs.readlinkSync('/proc/self/ns/pid'));
  return boot && `${boot} ${namespace}`;
}

function inspect(pid: number): { running: boolean; started: string } {
  if (!answers(pid)) return { running: false, started: '' };
  const stat = textOf(() => fs.readFileSync(`/proc/${pid}/stat`, 'latin1'));
  // The second field is the program's name in parentheses, which may hold spaces and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, started] = [fields[0], fields[19]];
  // A zombie has ended and only waits for its parent to notice.
  return { running: state !== 'Z' && state !== 'X', started: started ?? '' };
}

function answers(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** What the system says, or nothing where it does not: no `/proc`, or one that hides other users' processes. */
function textOf(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
