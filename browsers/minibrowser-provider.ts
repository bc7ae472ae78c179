import { defineBrowserProvider } from '@vitest/browser';
import type { BrowserProvider, BrowserProviderOption } from 'vitest/node';
import type { WebKitGtk } from './engines.mjs';
import { WebKitHome } from './webkit-home.js';

/** Lets Vitest run tests in a window of MiniBrowser, the browser that comes with WebKitGTK. */
export function miniBrowser(webkit: WebKitGtk): BrowserProviderOption {
  return defineBrowserProvider({
    name: 'minibrowser',
    providerFactory: () => new MiniBrowser(webkit),
  });
}

class MiniBrowser implements BrowserProvider {
  readonly name = 'minibrowser';
  /** Vitest has an engine wait for all others unless this is so, and unless modules can be mocked in it. No test does that. */
  readonly supportsParallelism = true;
  readonly mocker = { register: refuseMocks, delete: refuseMocks, clear: refuseMocks };
  readonly #webkit: WebKitGtk;
  #home: WebKitHome | undefined;

  constructor(webkit: WebKitGtk) {
    this.#webkit = webkit;
  }

  async openPage(_session: string, url: string): Promise<void> {
    await this.close();
    this.#home = await WebKitHome.open(this.#webkit.xvfb);
    this.#home.start(this.#webkit.miniBrowser, [url]);
  }

  async close(): Promise<void> {
    await this.#home?.close();
  }

  getCommandsContext(): Record<string, unknown> {
    return {};
  }
}

async function refuseMocks(): Promise<never> {
  throw new Error('Modules cannot be mocked in MiniBrowser');
}
