import type { Json } from '../../../src/history/call.js';
import type { BegunCall, FromTab, Hello, Order, Setting, ToTab } from '../messages.js';

/** The experiment to work on. */
export interface Task {
  readonly experiment: string;
  /** Is aborted when there is another one. */
  readonly ended: AbortSignal;
}

/**
 * The line of an actor to the supervisor. What went through it outlives the actor: of a call that was under way when its tab
 * died the supervisor knows that it began.
 */
export class Link {
  readonly setting: Setting;
  task: Task;
  /** Called with each order. */
  onOrder: (order: Order) => void = () => undefined;
  readonly #socket: WebSocket;
  #goOn: () => void = () => undefined;
  #endTask: () => void = () => undefined;

  private constructor(socket: WebSocket, setting: Setting) {
    this.#socket = socket;
    this.setting = setting;
    this.task = this.#begin(setting.experiment);
    socket.addEventListener('message', ({ data }) => this.#take(JSON.parse(data) as ToTab));
  }

  static async open(address: string, hello: Hello): Promise<Link> {
    const socket = new WebSocket(address);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', () => reject(new Error(`Nobody listens at ${address}`)));
    });
    send(socket, { kind: 'hello', hello });
    return new Promise((resolve) => {
      const take = ({ data }: MessageEvent<string>): void => {
        const message = JSON.parse(data) as ToTab;
        if (message.kind === 'welcome') resolve(new Link(socket, message.setting));
      };
      socket.addEventListener('message', take, { once: true });
    });
  }

  /** Tells of a call that is about to be made. It may be made once this resolves: nothing is done of which there is no record. */
  begin(call: BegunCall): Promise<void> {
    return this.#recorded({ kind: 'begin', call });
  }

  /** Tells what has become known in the middle of a call, which may go on once this resolves. */
  note(noted: Json): Promise<void> {
    return this.#recorded({ kind: 'note', noted });
  }

  tell(message: FromTab): void {
    send(this.#socket, message);
  }

  #recorded(message: FromTab): Promise<void> {
    return new Promise((resolve) => {
      this.#goOn = resolve;
      send(this.#socket, message);
    });
  }

  #begin(experiment: string): Task {
    this.#endTask();
    const over = new AbortController();
    this.#endTask = () => over.abort();
    return { experiment, ended: over.signal };
  }

  #take(message: ToTab): void {
    if (message.kind === 'go') this.#goOn();
    else if (message.kind === 'experiment') this.task = this.#begin(message.name);
    else if (message.kind === 'order') this.onOrder(message.order);
  }
}

function send(socket: WebSocket, message: FromTab): void {
  socket.send(JSON.stringify(message));
}
