import { EventEmitter, once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Plugin } from 'vite';
import { type Answer, ORDERS_PATH, type Order } from './page/obey-orders.js';

/** Calls functions in a page that nobody drives: the page asks for one after the other by `GET`, and answers by `POST`. */
export class Orders {
  readonly #events = new EventEmitter<{ asked: []; answered: [Answer] }>();
  /** The page's question, while there is nothing for it to do. */
  #asking: ServerResponse | undefined;

  /** Serves the page's questions beside its files. */
  readonly plugin: Plugin = {
    name: 'orders',
    configurePreviewServer: ({ middlewares }) => {
      middlewares.use(ORDERS_PATH, (request: IncomingMessage, response: ServerResponse) => {
        this.#serve(request, response).catch((error: Error) => response.destroy(error));
      });
    },
  };

  /** Waits for the page to ask, and for its answer. @throws Error that says what the function threw. */
  async give(order: Order): Promise<unknown> {
    if (!this.#asking) await once(this.#events, 'asked');
    const answered = once(this.#events, 'answered');
    this.#asking?.end(JSON.stringify(order));
    this.#asking = undefined;
    const [answer] = (await answered) as [Answer];
    if ('error' in answer) throw new Error(answer.error);
    return answer.value;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') {
      this.#asking = response;
      this.#events.emit('asked');
    } else {
      this.#events.emit('answered', JSON.parse(await text(request)) as Answer);
      response.end();
    }
  }
}
