import { tabWorkerName } from '../../src/tab-worker-name.js';

/** Asked for a prefix, the page says what its worker is called. */
window.addEventListener('message', async ({ data, source }: MessageEvent<string>) => {
  source?.postMessage({ name: await tabWorkerName(data) }, { targetOrigin: '*' });
});
window.parent.postMessage('loaded', '*');
