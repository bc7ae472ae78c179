import { liveQuery } from 'dexie';

/** A live query, and what it has given so far. */
export class Live<T> {
  /** What it has given, and at the end the error that ended it. */
  readonly given: (T | Error)[] = [];
  readonly stop: () => void;

  constructor(query: () => Promise<T>) {
    const subscription = liveQuery(query).subscribe({
      next: (value) => this.given.push(value),
      error: (error: Error) => this.given.push(error),
    });
    this.stop = () => subscription.unsubscribe();
  }

  readonly last = (): T | Error | undefined => this.given.at(-1);
}
