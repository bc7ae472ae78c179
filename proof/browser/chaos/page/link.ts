import type { Json } from '../../../src/history/call.js';
import type { BegunCall, FromTab, Hello, Letter, Order, Setting, ToTab } from '../messages.js';
import { sleep } from './sleep.js';

/** The experiment to work on. */
export interface Task {
  readonly experiment: string;
  /** Is aborted when there is another one. */
  readonly ended: AbortSignal;
}

/**
 * The line of an actor to the supervisor. What went through it outlives the actor: of a call that was under way when its tab
 * died the supervisor knows that it began. A line that breaks is mended, and what was not heard is told again.
 */
export class Link {
  readonly setting: Setting;
  task: Task;
  /** Called with each order. */
  onOrder: (order: Order) => void = () => undefined;
  readonly #address: string;
  readonly #hello: Hello;
  #socket: WebSocket;
  #count = 0;
  /** What the supervisor may not have heard, by its number, and who waits for that. */
  readonly #unheard = new Map<number, { readonly message: FromTab; readonly goOn: () => void }>();
  #endTask: () => void = () => undefined;

  private constructor(address: string, hello: Hello, { socket, setting }: Connected) {
    this.#address = address;
    this.#hello = { ...hello, again: setting.actor };
    this.setting = setting;
    this.task = this.#begin(setting.experiment);
    this.#socket = this.#listenTo(socket);
  }

  static async open(address: string, hello: Hello): Promise<Link> {
    return new Link(address, hello, await connect(address, hello));
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
    void this.#recorded(message);
  }

  #recorded(message: FromTab): Promise<void> {
    this.#count += 1;
    const number = this.#count;
    return new Promise((goOn) => {
      this.#unheard.set(number, { message, goOn });
      send(this.#socket, { number, message });
    });
  }

  #listenTo(socket: WebSocket): WebSocket {
    socket.addEventListener('message', ({ data }) => this.#take(JSON.parse(data) as ToTab));
    socket.addEventListener('close', () => void this.#mend());
    return socket;
  }

  async #mend(): Promise<void> {
    const { socket, setting } = await connect(this.#address, this.#hello);
    this.#socket = this.#listenTo(socket);
    if (setting.experiment !== this.task.experiment) this.task = this.#begin(setting.experiment);
    for (const [number, { message }] of this.#unheard) send(socket, { number, message });
  }

  #begin(experiment: string): Task {
    this.#endTask();
    const over = new AbortController();
    this.#endTask = () => over.abort();
    return { experiment, ended: over.signal };
  }

  #take(message: ToTab): void {
    if (message.kind === 'heard') this.#hearOf(message.number);
    else if (message.kind === 'experiment') this.task = this.#begin(message.name);
    else if (message.kind === 'order') this.onOrder(message.order);
  }

  #hearOf(number: number): void {
    this.#unheard.get(number)?.goOn();
    this.#unheard.delete(number);
  }
}

interface Connected {
  readonly socket: WebSocket;
  readonly setting: Setting;
}

/** How long to wait before another attempt to connect, in milliseconds. */
const RETRY = 200;

/** Says hello until there is an answer: a tab may be frozen, and its sockets be closed, at any time. */
async function connect(address: string, hello: Hello): Promise<Connected> {
  for (;;) {
    const connected = await tryToConnect(address, hello);
    if (connected) return connected;
    await sleep(RETRY);
  }
}

function tryToConnect(address: string, hello: Hello): Promise<Connected | undefined> {
  const socket = new WebSocket(address);
  return new Promise((resolve) => {
    socket.addEventListener('open', () => send(socket, hello));
    socket.addEventListener('close', () => resolve(undefined));
    const take = ({ data }: MessageEvent<string>): void => {
      const message = JSON.parse(data) as ToTab;
      if (message.kind === 'welcome') resolve({ socket, setting: message.setting });
    };
    socket.addEventListener('message', take, { once: true });
  });
}

function send(socket: WebSocket, told: Hello | Letter): void {
  socket.send(JSON.stringify(told));
}
