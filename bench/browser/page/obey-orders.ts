/** Where a page asks what to do. */
export const ORDERS_PATH = '/orders';

/** A page whose address has this hash does what is ordered. */
export const OBEDIENT = '#obey';

/** The text of a function to call, and its argument. */
export interface Order {
  readonly call: string;
  readonly argument: unknown;
}

/** How a call ended. */
export type Answer = { readonly value: unknown } | { readonly error: string };

/** Asks for orders and does them, until the page is closed. */
export async function obeyOrders(): Promise<never> {
  for (;;) {
    const response = await fetch(ORDERS_PATH);
    const body = JSON.stringify(await obey(await response.json()));
    await fetch(ORDERS_PATH, { method: 'POST', body });
  }
}

async function obey({ call, argument }: Order): Promise<Answer> {
  try {
    // The text is that of a function of the benchmark, as a driver of browsers would evaluate it.
    // oxlint-disable-next-line typescript/no-implied-eval
    return { value: await new Function('argument', `return (${call})(argument)`)(argument) };
  } catch (error) {
    return { error: String(error) };
  }
}
