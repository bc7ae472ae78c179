import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { removeIfThere } from './file-system.js';
import { writeClaim } from './turn.js';

const TICKET = /^ticket-(\d{12})-[\da-f-]{36}$/;

/** The tickets among the names of a lock's directory, the first in line first. */
function ticketsIn(names: readonly string[]): string[] {
  return names.filter((name) => TICKET.test(name)).sort();
}

/**
 * A place in the line before a lock: a file whose name sorts behind those that were there when it was made. Tickets give
 * fairness alone; who has the lock is decided by the turn files. So a ticket that is lost or removed costs its owner
 * nothing but a moment.
 */
export class Ticket {
  readonly #directory: string;
  readonly #lock: string;
  readonly #owner: string = randomUUID();
  #place: number | undefined;

  constructor(directory: string, lock: string) {
    this.#directory = directory;
    this.#lock = lock;
  }

  get name(): string {
    return `ticket-${String(this.#place).padStart(12, '0')}-${this.#owner}`;
  }

  get path(): string {
    return join(this.#directory, this.name);
  }

  /** Stands in line, at the end of it or, where the ticket was removed, where it stood before. @returns the tickets now. */
  stand(names: readonly string[]): string[] {
    const tickets = ticketsIn(names);
    if (this.#place !== undefined && tickets.includes(this.name)) return tickets;
    this.#place ??= placeOf(tickets.at(-1)) + 1;
    writeClaim(this.path, this.#lock, this.#owner);
    tickets.push(this.name);
    return tickets.sort();
  }

  /** Leaves the line. A ticket that cannot be removed is in nobody's way for long: those behind it send it out of the line. */
  leave(): void {
    if (this.#place === undefined) return;
    try {
      removeIfThere(this.path);
    } catch {
      // Whoever left has the lock already, or an error of more weight to report.
    }
  }
}

function placeOf(ticket: string | undefined): number {
  return Number((ticket && TICKET.exec(ticket)?.[1]) ?? 0);
}
