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
  const address = readAddress(location.search);
  const { name } = address;
  setText(element('search-name', HTMLElement), name);
  const storage = await setupStorage({ heartbeat: HEARTBEAT });
  try {
    const search = await openSearch(storage, address);
    return new SearchPage(storage, search, address, await tabWorkerName());
  } finally {
    await listSearches(storage, name);
  }
}
