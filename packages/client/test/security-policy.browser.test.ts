import { expect, it } from 'vitest';
import type { Told } from './without-workers.js';

it('works with the timers of the page where its security policy forbids the worker', async () => {
  const page = document.createElement('iframe');
  const script = new URL('./without-workers.ts', import.meta.url).href;
  page.srcdoc = `
    <meta http-equiv="Content-Security-Policy" content="worker-src 'none'">
    <script type="module" src="${script}"></script>`;
  const told = new Promise<Told>((resolve) =>
    window.addEventListener('message', ({ data, source }: MessageEvent<Told>) => {
      if (source === page.contentWindow) resolve(data);
    }),
  );
  document.body.append(page);
  const { refused, summary, lost } = await told;
  page.remove();
  expect(summary).toEqual({ completed: 2, broken: 0, reason: 'max-trials' });
  expect(lost).toEqual([]);
  expect(refused).toEqual(['worker-src blob']);
});
