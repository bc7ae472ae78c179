/** Opens the store and the search that the address names, and shows it. */

import { HEARTBEAT, openSearch } from 'digits';
import { setupStorage, tabWorkerName } from 'trialbase';
import { readAddress } from './address.js';
import { element, setText } from './element.js';
import { showError } from './notices.js';
import { SearchPage } from './search-page.js';
import { listSearches, offerPersistence } from './store-panel.js';

offerPersistence();
main().catch(showError);

async function main(): Promise<void> {
  const address = readAddress(location.search);
  setText(element('search-name', HTMLElement), address.name);
  const storage = await setupStorage({ heartbeat: HEARTBEAT });
  const search = await openSearch(storage, address);
  await listSearches(storage, address.name);
  const page = new SearchPage(storage, search, address, await tabWorkerName());
  await page.open();
}
