/** Opens the store and the search that the address names, and shows it. */

import { HEARTBEAT, openSearch } from 'digits';
import { setupStorage, tabWorkerName } from 'trialbase';
import { readAddress } from './address.js';
import { element, setText } from './element.js';
import { showError } from './notices.js';
import { SearchPage } from './search-page.js';
import { listSearches, offerPersistence, showRoom } from './store-panel.js';

try {
  const page = await openPage();
  page.open().catch(showError);
} catch (error) {
  document.body.classList.add('failed');
  showError(error);
}

async function openPage(): Promise<SearchPage> {
  offerPersistence();
  await showRoom();
  const storage = await setupStorage({ heartbeat: HEARTBEAT });
  let name: string | undefined;
  try {
    const address = readAddress(location.search);
    name = address.name;
    setText(element('search-name', HTMLElement), name);
    const search = await openSearch(storage, address);
    return new SearchPage(storage, search, address, await tabWorkerName());
  } finally {
    // Where it cannot be opened, another one can be chosen.
    await listSearches(storage, name);
  }
}
