import type { Work } from './shared-store.js';
import type { Store } from './store.js';

/**
 * Has each connection live one trial after another, all at the same time, for some seconds, and for as long before to warm up.
 *
 * @param from the number of the first trial; the others follow.
 */
export async function livesTogether(
  connections: readonly Store[],
  from: number,
  seconds: number,
): Promise<Work> {
  const completed: string[] = [];
  let number = from;
  /** @returns how many seconds it took in the end. */
  const liveFor = async (): Promise<number> => {
    const start = performance.now();
    const end = start + seconds * 1000;
    await Promise.all(
      connections.map(async (store) => {
        while (performance.now() < end) completed.push(await store.live(number++));
      }),
    );
    return (performance.now() - start) / 1000;
  };
  // At first the engine is still compiling.
  await liveFor();
  const warm = completed.length;
  const took = await liveFor();
  return { completed, rate: (completed.length - warm) / took };
}
