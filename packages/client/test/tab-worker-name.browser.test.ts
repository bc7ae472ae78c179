import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tabWorkerName } from '../src/index.js';
import { pause } from './connect.js';

const script = new URL('./places/tab.ts', import.meta.url).href;

beforeEach(() => sessionStorage.clear());
afterEach(() => {
  for (const page of document.querySelectorAll('iframe')) page.remove();
});

/** A page in a frame. All of a tab see the same session storage, as the page of a duplicated tab sees a copy. */
async function openPage(): Promise<HTMLIFrameElement> {
  const page = document.createElement('iframe');
  page.srcdoc = `<script type="module" src="${script}"></script>`;
  const loaded = message(page);
  document.body.append(page);
  await loaded;
  return page;
}

async function reload(page: HTMLIFrameElement): Promise<void> {
  const loaded = message(page);
  page.contentWindow?.location.reload();
  await loaded;
}

async function nameIn(page: HTMLIFrameElement, prefix = 'tab'): Promise<string> {
  const answer = message(page);
  page.contentWindow?.postMessage(prefix, '*');
  return ((await answer) as { name: string }).name;
}

async function nameInWorker(): Promise<string> {
  const worker = new Worker(new URL('./places/nameless-worker.ts', import.meta.url), { type: 'module' });
  const name = await new Promise<string>((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<string>) => resolve(data));
  });
  worker.terminate();
  return name;
}

function message(page: HTMLIFrameElement): Promise<unknown> {
  return new Promise((resolve) => {
    const listen = ({ source, data }: MessageEvent): void => {
      if (source !== page.contentWindow) return;
      window.removeEventListener('message', listen);
      resolve(data);
    };
    window.addEventListener('message', listen);
  });
}

describe("a tab worker's name", () => {
  it('is the same whenever the page asks', async () => {
    const page = await openPage();
    const name = await nameIn(page);
    expect(name).toMatch(/^tab-\w{8,}$/);
    expect(await nameIn(page)).toBe(name);
  });

  it('survives a reload, and another one', async () => {
    const page = await openPage();
    const name = await nameIn(page);
    for (let i = 0; i < 3; i += 1) {
      await reload(page);
      expect(await nameIn(page)).toBe(name);
    }
  });

  it('waits for the page before to give it up', async () => {
    const before = await openPage();
    const name = await nameIn(before);
    const after = await openPage();
    const asked = nameIn(after);
    await pause(200);
    before.remove();
    expect(await asked).toBe(name);
  });

  it('is not shared with a tab that has a copy of the storage, for as long as both live', async () => {
    const first = await openPage();
    const name = await nameIn(first);
    await pause(700); // the wait for the lock has a limit, the lock itself has none
    const duplicate = await openPage();
    expect(await nameIn(duplicate)).not.toBe(name);
    expect(await nameIn(first)).toBe(name);
  });

  it('of a duplicate survives its own reload', async () => {
    const first = await openPage();
    await nameIn(first);
    const duplicate = await openPage();
    const name = await nameIn(duplicate);
    await reload(duplicate);
    expect(await nameIn(duplicate)).toBe(name);
  });

  it('goes to one alone of two pages that want it at once', async () => {
    const before = await openPage();
    const name = await nameIn(before);
    const pages = [await openPage(), await openPage()];
    before.remove();
    const names = await Promise.all(pages.map((page) => nameIn(page)));
    expect(names.filter((one) => one === name)).toHaveLength(1);
    expect(new Set(names).size).toBe(2);
  });

  it('is another one for another prefix', async () => {
    const page = await openPage();
    const names = [await nameIn(page, 'left'), await nameIn(page, 'right')];
    expect(names).toEqual([expect.stringMatching(/^left-/), expect.stringMatching(/^right-/)]);
    await reload(page);
    expect([await nameIn(page, 'left'), await nameIn(page, 'right')]).toEqual(names);
  });

  it('is a new one in each Web Worker that asks for itself', async () => {
    const names = [await tabWorkerName(), await nameInWorker(), await nameInWorker()];
    for (const name of names) expect(name).toMatch(/^tab-\w{8,}$/);
    expect(new Set(names).size).toBe(3);
  });
});
