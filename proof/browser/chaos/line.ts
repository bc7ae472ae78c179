import type { WebSocket } from 'ws';
import type { Hello, Setting, ToTab } from './messages.js';

/** The line to an actor, a page or an auditor: open for as long as that lives. */
export class Line {
  readonly hello: Hello;
  /** The name of whoever is at its other end: no two have the same. */
  readonly name: string;
  readonly #socket: WebSocket;

  constructor(socket: WebSocket, hello: Hello, setting: Setting) {
    this.#socket = socket;
    this.hello = hello;
    this.name = setting.actor;
    this.send({ kind: 'welcome', setting });
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  send(message: ToTab): void {
    this.#socket.send(JSON.stringify(message));
  }

  /** Whoever is at its other end has come to an end, whether or not that is known yet. */
  cut(): void {
    this.#socket.terminate();
  }
}
