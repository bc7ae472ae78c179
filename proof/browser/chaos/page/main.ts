/**
 * A tab: actors in the page and in its Web Workers, one that watches, and what the page does to itself when it is asked. The
 * address tells where the supervisor is, which tab this is, and how many workers it has.
 */

import type { Hello, Order } from '../messages.js';
import { act } from './actor.js';
import { audit } from './audit.js';
import { Link } from './link.js';
import { DATABASE } from './storage.js';
import { Watcher } from './watcher.js';
import type { WorkerStart } from './worker.js';

const parameters = new URLSearchParams(location.search);
const supervisor = parameters.get('supervisor') ?? '';
const tab = Number(parameters.get('tab'));
const load = `${performance.timeOrigin} ${Math.random()}`;
/** By their number. */
const workers: Worker[] = [];

/** There are two in a thread. They share no storage. */
function actorsOf(thread: string): Hello[] {
  return [1, 2].map((number) => ({ role: 'actor', tab, load, worker: `${tab} ${thread} ${number}` }));
}

/** Whatever the worker of this number is about, it ends, and another takes its place and its names. */
function startWorker(number: number): void {
  workers[number]?.terminate();
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const start: WorkerStart = { supervisor, actors: actorsOf(`worker ${number}`) };
  worker.postMessage(start);
  workers[number] = worker;
}

function hang(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

/** Takes an algorithm lock from whoever holds it, as anybody in the origin may, and lets it go at once. */
async function stealLock(): Promise<void> {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  const name = held.find((lock) => lock.name?.includes('algorithm/'))?.name;
  if (name) await navigator.locks.request(name, { steal: true }, async () => undefined);
}

function deleteDatabase(): void {
  const request = indexedDB.deleteDatabase(DATABASE);
  request.addEventListener('success', () => line.tell({ kind: 'deleted' }));
}

async function obey(order: Order): Promise<void> {
  switch (order.name) {
    case 'terminate a worker':
      return startWorker(order.number);
    case 'hang':
      return hang(order.milliseconds);
    case 'steal the lock':
      return stealLock();
    case 'delete the database':
      return deleteDatabase();
    case 'tell what was watched':
      return line.tell({ kind: 'watched', trials: watcher.shown() });
  }
}

function startActors(): void {
  for (let i = 0; i < Number(parameters.get('workers')); i++) startWorker(i);
  for (const hello of actorsOf('page')) void Link.open(supervisor, hello).then(act);
}

if (parameters.has('audit')) {
  void audit(await Link.open(supervisor, { role: 'auditor', tab, load, worker: 'auditor' }));
} else startActors();

const line = await Link.open(supervisor, { role: 'page', tab, load, worker: `${tab}` });
const watcher = new Watcher(line);
line.onOrder = (order) => void obey(order);
