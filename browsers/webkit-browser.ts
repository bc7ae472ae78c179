import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { WebKitGtk } from './engines.mjs';
import type { Tab } from './tab.js';
import { WebDriverSession } from './webdriver.js';
import { WebKitHome } from './webkit-home.js';

/** A browser of WebKitGTK, with a profile of its own. */
export class WebKitBrowser {
  readonly #home: WebKitHome;
  readonly #session: WebDriverSession;
  /** The window that it starts with stays open, for others to be opened from. */
  readonly #firstWindow: unknown;
  /** The tab that has its turn: a session has one current window, to which all calls go. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(home: WebKitHome, session: WebDriverSession, firstWindow: unknown) {
    this.#home = home;
    this.#session = session;
    this.#firstWindow = firstWindow;
  }

  static async start({ miniBrowser, driver, xvfb }: WebKitGtk): Promise<WebKitBrowser> {
    const home = await WebKitHome.open(xvfb);
    try {
      const port = await freePort();
      home.start(driver, [`--port=${port}`]);
      const session = await WebDriverSession.start(`http://127.0.0.1:${port}`, {
        browserName: 'MiniBrowser',
        'webkitgtk:browserOptions': { binary: miniBrowser, args: ['--automation'] },
      });
      return new WebKitBrowser(home, session, await session.get('/window'));
    } catch (error) {
      await home.close();
      throw error;
    }
  }

  /** The tab has a window to itself, as behind another tab it would be hidden, and its timers slowed down. */
  async openTab(): Promise<Tab> {
    const { handle } = await this.#inWindow(
      this.#firstWindow,
      (session) => session.post('/window/new', { type: 'window' }) as Promise<{ handle: string }>,
    );
    return new WebKitTab((calls) => this.#inWindow(handle, calls));
  }

  /** Ends the browser, and removes what it stored. */
  async close(): Promise<void> {
    await this.#home.close();
  }

  #inWindow<Value>(handle: unknown, calls: Calls<Value>): Promise<Value> {
    const result = this.#turn.then(async () => {
      await this.#session.post('/window', { handle });
      return calls(this.#session);
    });
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

/** The driver itself waits for the document, yet not for its modules. */
const UNTIL_LOADED = `
  return new Promise((resolve) => {
    if (document.readyState === 'complete') resolve();
    else addEventListener('load', () => resolve());
  });`;

type Calls<Value> = (session: WebDriverSession) => Promise<Value>;

class WebKitTab implements Tab {
  readonly #inWindow: <Value>(calls: Calls<Value>) => Promise<Value>;

  constructor(inWindow: <Value>(calls: Calls<Value>) => Promise<Value>) {
    this.#inWindow = inWindow;
  }

  goto(url: string): Promise<unknown> {
    return this.#load('/url', { url });
  }

  reload(): Promise<unknown> {
    return this.#load('/refresh');
  }

  evaluate<Result, Argument = undefined>(
    call: (argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result> {
    const args = argument === undefined ? [] : [argument];
    const script = `return (${String(call)})(...arguments)`;
    return this.#inWindow((session) => session.post('/execute/sync', { script, args }) as Promise<Result>);
  }

  screenshot(): Promise<Buffer> {
    return this.#inWindow(async (session) => {
      // What was drawn last may not be on the screen yet.
      await delay(500);
      return Buffer.from((await session.get('/screenshot')) as string, 'base64');
    });
  }

  async close(): Promise<void> {
    await this.#inWindow((session) => session.delete('/window'));
  }

  #load(path: string, content?: object): Promise<unknown> {
    return this.#inWindow(async (session) => {
      await session.post(path, content);
      await session.post('/execute/sync', { script: UNTIL_LOADED, args: [] });
    });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
