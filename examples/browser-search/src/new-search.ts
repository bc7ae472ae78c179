import { count } from './describe-state.js';
import { element, setText } from './element.js';
import { freeName } from './free-name.js';

const dialog = element('new-search', HTMLDialogElement);
const name = element('new-name', HTMLInputElement);
const trials = element('new-trials', HTMLInputElement);
const seed = element('new-seed', HTMLInputElement);
const deleteOld = element('delete-old', HTMLInputElement);

/** What a new search is to be, and whether the one at hand is to go. */
export interface NewSearch {
  readonly name: string;
  readonly trials: number;
  readonly seed: number | undefined;
  readonly deleteOld: boolean;
}

/** The search at hand. */
export interface OldSearch {
  readonly name: string;
  /** How many trials it has: so many would be lost. */
  readonly trials: number;
  readonly wanted: number;
}

/** Asks what the new search is to be. Nothing is done here. @returns `undefined` where the user would rather not. */
export async function askForNewSearch(
  old: OldSearch,
  taken: readonly string[],
): Promise<NewSearch | undefined> {
  setText(element('old-name', HTMLElement), old.name);
  setText(element('delete-text', HTMLElement), `Delete ${old.name} with its ${count(old.trials)} trials`);
  name.value = freeName(old.name, taken);
  trials.value = String(old.wanted);
  seed.value = '';
  deleteOld.checked = false;
  const check = (): void => {
    const isFree = !taken.includes(name.value) || (name.value === old.name && deleteOld.checked);
    name.setCustomValidity(isFree ? '' : 'There is a search of this name: give another one');
  };
  const asking = new AbortController();
  name.addEventListener('input', check, asking);
  deleteOld.addEventListener('change', check, asking);
  check();
  dialog.returnValue = '';
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener('close', resolve, { once: true }));
  asking.abort();
  if (dialog.returnValue !== 'begin') return undefined;
  return {
    name: name.value,
    trials: trials.valueAsNumber,
    seed: seed.value === '' ? undefined : seed.valueAsNumber,
    deleteOld: deleteOld.checked,
  };
}
