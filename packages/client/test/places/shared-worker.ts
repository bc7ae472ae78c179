import { search } from './search.js';

self.addEventListener('connect', async (event) => {
  const [page] = (event as MessageEvent).ports;
  page?.postMessage(await search());
});
