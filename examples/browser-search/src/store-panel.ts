import { requestPersistence, type StorageProtocol, type StorageReport, storageReport } from 'trialbase';
import { writeAddress } from './address.js';
import { element, setText } from './element.js';

const used = element('storage-used', HTMLElement);
const kept = element('storage-kept', HTMLElement);
const persist = element('persist', HTMLButtonElement);
const searches = element('searches', HTMLUListElement);
const title = element('searches-title', HTMLHeadingElement);

/** The least time between two looks at the room that is used, in milliseconds. Browsers do not tell of it by themselves. */
const LOOK_EVERY = 2_000;

let lookedAt = Number.NEGATIVE_INFINITY;

/** Says how much room is used, unless it was said a moment ago. */
export async function showRoom(): Promise<void> {
  if (performance.now() - lookedAt < LOOK_EVERY) return;
  lookedAt = performance.now();
  show(await storageReport());
}

/** Lets the button ask the browser to keep the store. */
export function offerPersistence(): void {
  persist.addEventListener('click', async () => {
    const granted = await requestPersistence();
    show(await storageReport());
    if (!granted)
      setText(kept, 'The browser declined to promise that it keeps the store. It may agree later.');
  });
}

/** The names of all searches of this browser. */
export async function fetchNames(storage: StorageProtocol): Promise<string[]> {
  const found = await storage.fetchExperiments({}, { name: 1 });
  return [...new Set(found.map(({ name = '' }) => name))].sort();
}

/** Links to all searches of this browser. */
export async function listSearches(storage: StorageProtocol, current: string | undefined): Promise<void> {
  const names = await fetchNames(storage);
  title.hidden = names.length === 0;
  searches.replaceChildren(...names.map((name) => entry(name, name === current)));
}

function entry(name: string, isCurrent: boolean): HTMLElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = writeAddress({ name });
  link.textContent = name;
  if (isCurrent) link.ariaCurrent = 'page';
  item.append(link);
  return item;
}

function show({ usage, quota, persisted }: StorageReport): void {
  const room = quota === undefined ? '' : ` of ${megabytes(quota)}`;
  setText(
    used,
    usage === undefined
      ? 'The browser does not tell how much room is used.'
      : `${megabytes(usage)}${room} used.`,
  );
  setText(
    kept,
    persisted
      ? 'The browser keeps the store until you delete it.'
      : 'The browser may delete the store when the disk is nearly full.',
  );
  persist.hidden = persisted === true;
}

function megabytes(bytes: number): string {
  const unit = bytes < 1e9 ? 'megabyte' : 'gigabyte';
  const number = bytes / (unit === 'megabyte' ? 1e6 : 1e9);
  return number.toLocaleString('en', { style: 'unit', unit, maximumFractionDigits: 1 });
}
