import type { WebSocket } from 'ws';
import type { Hello, Letter, Setting, ToTab } from './messages.js';

/** The line to an actor, a page or an auditor: it may break and be mended for as long as that lives. */
export class Line {
  readonly hello: Hello;
  /** Counts those at the other ends. */
  readonly number: number;
  /** The name of whoever is at its other end: no two have the same. */
  readonly name: string;
  #socket: WebSocket;
  #heard = 0;

  constructor(socket: WebSocket, hello: Hello, number: number, setting: Setting) {
    this.#socket = socket;
    this.hello = hello;
    this.number = number;
    this.name = setting.actor;
    this.send({ kind: 'welcome', setting });
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  /** Whether another one at the other end would be who comes after this one: in the same place, with the same work. */
  isFollowedBy({ role, tab, worker }: Hello): boolean {
    return this.hello.role === role && this.hello.tab === tab && this.hello.worker === worker;
  }

  /** The one at the other end goes on. */
  mend(socket: WebSocket, setting: Setting): void {
    this.#socket = socket;
    this.send({ kind: 'welcome', setting });
  }

  /** Takes what is told, once, and says that it was heard, unless the taker wants to be told again. */
  hear({ number, message }: Letter, take: (message: Letter['message']) => boolean): void {
    if (number > this.#heard) {
      if (!take(message)) return;
      this.#heard = number;
    }
    this.send({ kind: 'heard', number });
  }

  send(message: ToTab): void {
    if (this.isOpen) this.#socket.send(JSON.stringify(message));
  }

  /** Whoever is at its other end has come to an end, whether or not that is known yet. */
  cut(): void {
    this.#socket.terminate();
  }
}
