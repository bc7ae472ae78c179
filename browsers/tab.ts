/**
 * What tests do with a tab, whatever the engine. The tabs of Playwright, its `Page`s, are such; of WebKitGTK's there is
 * `WebKitBrowser`.
 */
export interface Tab {
  /** Goes to an address, and waits until the page has loaded. */
  goto(url: string): Promise<unknown>;

  reload(): Promise<unknown>;

  /**
   * Calls a function in the page, with an argument if it takes one, and waits for what it returns or promises. The function
   * sees nothing of the test but its argument, and both go through JSON. In WebKit, no other tab is called meanwhile: let a
   * call that another tab ends leave its promise in the page.
   */
  evaluate<Result, Argument = undefined>(
    call: (argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result>;

  /** A picture of what is seen of the page, as PNG; of all of it where that is asked for and WebKit is not the engine. */
  screenshot(options?: { readonly fullPage?: boolean }): Promise<Buffer>;

  close(): Promise<void>;
}
