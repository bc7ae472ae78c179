import { setTimeout as delay } from 'node:timers/promises';

/** A session of the W3C's WebDriver, the protocol by which browsers are driven over HTTP. */
export class WebDriverSession {
  readonly #address: string;

  private constructor(address: string) {
    this.#address = address;
  }

  /**
   * Asks a driver for a browser.
   *
   * @param driver its address; it may be about to listen there.
   * @throws Error if it refuses, or does not listen in time.
   */
  static async start(driver: string, capabilities: object): Promise<WebDriverSession> {
    await untilItListens(driver);
    // How long a page may take is for the runner of the tests to say.
    const timeouts = { script: 600_000 };
    const wanted = { capabilities: { alwaysMatch: { timeouts, ...capabilities } } };
    const { sessionId } = (await request(`${driver}/session`, 'POST', wanted)) as { sessionId: string };
    return new WebDriverSession(`${driver}/session/${sessionId}`);
  }

  /** The value at a path below the session's. */
  get(path: string): Promise<unknown> {
    return request(this.#address + path, 'GET');
  }

  post(path: string, content: object = {}): Promise<unknown> {
    return request(this.#address + path, 'POST', content);
  }

  delete(path: string): Promise<unknown> {
    return request(this.#address + path, 'DELETE');
  }
}

async function untilItListens(driver: string): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (true) {
    try {
      await request(`${driver}/status`, 'GET');
      return;
    } catch (cause) {
      if (performance.now() > deadline) throw new Error(`No driver listens at ${driver}.`, { cause });
      await delay(20);
    }
  }
}

async function request(address: string, method: string, content?: object): Promise<unknown> {
  const response = await fetch(address, { method, body: content ? JSON.stringify(content) : null });
  const { value } = (await response.json()) as { value: unknown };
  if (response.ok) return value;
  const { error, message } = value as { error: string; message: string };
  throw new Error(`${method} ${new URL(address).pathname}: ${error}: ${message}`);
}
