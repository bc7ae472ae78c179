import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { Line } from './line.js';
import type { FromTab, Hello, Letter, Order, Setting } from './messages.js';
import type { Recorder } from './recorder.js';

/** What a page tells without having been about a call. */
type News = Extract<FromTab, { readonly kind: 'deleted' | 'watched' | 'audited' }>;

/** Where the lines of all actors and pages end. */
export class Switchboard {
  readonly address: string;
  readonly #server: WebSocketServer;
  readonly #recorder: Recorder;
  readonly #settingFor: (hello: Hello, number: number) => Setting;
  readonly #lines = new Set<Line>();
  readonly #listeners = new Set<(line: Line, news: News) => void>();
  #count = 0;

  private constructor(
    server: WebSocketServer,
    recorder: Recorder,
    settingFor: (hello: Hello, number: number) => Setting,
  ) {
    this.address = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.#server = server;
    this.#recorder = recorder;
    this.#settingFor = settingFor;
    server.on('connection', (socket) => this.#meet(socket));
  }

  /** @param settingFor how whoever says hello is to act; `number` counts them. */
  static async open(
    recorder: Recorder,
    settingFor: (hello: Hello, number: number) => Setting,
  ): Promise<Switchboard> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await once(server, 'listening');
    return new Switchboard(server, recorder, settingFor);
  }

  /** Has all work on the experiment of another name. */
  announce(experiment: string): void {
    for (const line of this.#lines) line.send({ kind: 'experiment', name: experiment });
  }

  /** Whether there is a page in a tab now that can be told what to do. */
  hasPage(tab: number): boolean {
    return this.#pageOf(tab) !== undefined;
  }

  /** Has a page do something to itself, where there is one. */
  order(tab: number, order: Order): void {
    this.#pageOf(tab)?.send({ kind: 'order', order });
  }

  /** Has a page do something, and waits for what it tells then. @returns nothing where there is no page, or it tells nothing in time. */
  ask<Kind extends News['kind']>(
    tab: number,
    order: Order,
    answer: { readonly kind: Kind; readonly timeout: number },
  ): Promise<Extract<News, { readonly kind: Kind }> | undefined> {
    if (!this.#pageOf(tab)) return Promise.resolve(undefined);
    const heard = this.hear(tab, answer);
    this.order(tab, order);
    return heard;
  }

  /** Waits for a tab to tell something. @returns nothing where it does not in time. */
  hear<Kind extends News['kind']>(
    tab: number,
    { kind, timeout }: { readonly kind: Kind; readonly timeout: number },
  ): Promise<Extract<News, { readonly kind: Kind }> | undefined> {
    return new Promise((resolve) => {
      const end = (news?: Extract<News, { readonly kind: Kind }>): void => {
        clearTimeout(timer);
        this.#listeners.delete(listen);
        resolve(news);
      };
      const listen = ({ hello }: Line, news: News): void => {
        if (hello.tab === tab && news.kind === kind) end(news as Extract<News, { readonly kind: Kind }>);
      };
      const timer = setTimeout(end, timeout);
      this.#listeners.add(listen);
    });
  }

  /** Takes what was shown in a tab until now for dead. */
  cut(tab: number): void {
    for (const line of this.#lines) if (line.hello.tab === tab) this.#end(line);
  }

  async close(): Promise<void> {
    for (const line of this.#lines) this.#end(line);
    this.#server.close();
    await once(this.#server, 'close');
  }

  #pageOf(tab: number): Line | undefined {
    return [...this.#lines].find(({ hello, isOpen }) => isOpen && hello.tab === tab && hello.role === 'page');
  }

  #meet(socket: WebSocket): void {
    let line: Line | undefined;
    socket.on('message', (data) => {
      const told = JSON.parse((data as Buffer).toString()) as Hello | Letter;
      if ('role' in told)
        line = told.again === undefined ? this.#welcome(socket, told) : this.#mend(socket, told);
      else line?.hear(told, (message) => this.#take(line as Line, message));
    });
  }

  /** Whoever was in the same place with the same work is gone: a line that broke is one that may be mended until then. */
  #welcome(socket: WebSocket, hello: Hello): Line {
    for (const line of this.#lines) if (line.isFollowedBy(hello)) this.#end(line);
    this.#count += 1;
    const line = new Line(socket, hello, this.#count, this.#settingFor(hello, this.#count));
    this.#lines.add(line);
    this.#recorder.meet(line);
    return line;
  }

  #mend(socket: WebSocket, { again }: Hello): Line | undefined {
    const line = [...this.#lines].find(({ name }) => name === again);
    if (line) line.mend(socket, this.#settingFor(line.hello, line.number));
    else socket.terminate();
    return line;
  }

  #end(line: Line): void {
    this.#lines.delete(line);
    this.#recorder.lose(line);
    line.cut();
  }

  /** @returns whether it was taken. */
  #take(line: Line, message: FromTab): boolean {
    if (message.kind === 'begin') return this.#recorder.begin(line, message.call);
    if (message.kind === 'note') this.#recorder.note(line, message.noted);
    else if (message.kind === 'end') this.#recorder.end(line, message.outcome);
    else if (message.kind === 'refused') this.#recorder.hear(line);
    else for (const listener of this.#listeners) listener(line, message);
    // An auditor has no more to say.
    if (message.kind === 'audited') this.#recorder.lose(line);
    return true;
  }
}
