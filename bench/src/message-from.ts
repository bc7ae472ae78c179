import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** The next message of a child. @throws Error if it ends instead. */
export async function messageFrom(child: ChildProcess): Promise<unknown> {
  const stop = new AbortController();
  const exited = once(child, 'exit', stop).then(([code]) => {
    throw new Error(`A worker process ended too early, with code ${code}`);
  });
  const [message] = await Promise.race([once(child, 'message', stop), exited]);
  stop.abort();
  exited.catch(() => undefined);
  return message;
}
