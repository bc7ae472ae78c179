import type { WebKitGtk } from '../../browsers/engines.mjs';
import type { Tab } from '../../browsers/tab.js';
import { WebKitHome } from '../../browsers/webkit-home.js';
import type { Orders } from './orders.js';
import { OBEDIENT } from './page/obey-orders.js';

/** The page of the benchmarks in a window of MiniBrowser as a person has it, with its data on disk. */
export class WindowTab implements Pick<Tab, 'goto' | 'evaluate' | 'close'> {
  readonly #webkit: WebKitGtk;
  readonly #home: WebKitHome;
  readonly #orders: Orders;

  private constructor(webkit: WebKitGtk, home: WebKitHome, orders: Orders) {
    this.#webkit = webkit;
    this.#home = home;
    this.#orders = orders;
  }

  static async open(webkit: WebKitGtk, orders: Orders): Promise<WindowTab> {
    return new WindowTab(webkit, await WebKitHome.open(webkit.xvfb), orders);
  }

  async goto(url: string): Promise<void> {
    this.#home.start(this.#webkit.miniBrowser, [url + OBEDIENT]);
  }

  async evaluate<Result, Argument = undefined>(
    call: (argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result> {
    return (await this.#orders.give({ call: String(call), argument })) as Result;
  }

  close(): Promise<void> {
    return this.#home.close();
  }
}
