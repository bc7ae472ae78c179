import type { Tab } from '../../../browsers/tab.js';
import type { Browser } from './browser.js';

/** A place for a tab. */
export interface Place {
  readonly number: number;
  tab: Tab;
}

/** The tabs of a round, each in its place. What comes to an end is followed by another one there. */
export class Tabs {
  readonly places: readonly Place[];
  readonly #browser: Browser;
  readonly #addressOf: (place: number) => string;

  private constructor(browser: Browser, places: readonly Place[], addressOf: (place: number) => string) {
    this.#browser = browser;
    this.places = places;
    this.#addressOf = addressOf;
  }

  static async open(browser: Browser, count: number, addressOf: (place: number) => string): Promise<Tabs> {
    const places: Place[] = [];
    for (let number = 0; number < count; number++) places.push({ number, tab: await browser.openTab() });
    const tabs = new Tabs(browser, places, addressOf);
    for (const place of places) await tabs.load(place);
    return tabs;
  }

  /** Goes to the page anew. */
  async load({ number, tab }: Place): Promise<void> {
    await tab.goto(this.#addressOf(number));
  }

  /** Opens a tab in the place of one that is gone. */
  async replace(place: Place): Promise<void> {
    place.tab = await this.#browser.openTab();
    await this.load(place);
  }
}
