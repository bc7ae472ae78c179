import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { OpenDatabase } from '../database.js';
import { DocumentStorage } from '../document-storage.js';
import type { StorageOptions } from '../storage-options.js';
import type { StorageProtocol } from '../storage-protocol.js';

/** A place that keeps data, and is reached by as many connections as a test opens. */
export interface Site<Connection, Options extends unknown[] = []> {
  /** Opens one more connection to the same data. */
  connect(...options: Options): Promise<Connection>;
  /** Removes the data. All connections are closed by then. */
  remove(): Promise<void>;
}

/** What an adapter's author gives to `describeDatabase`: how to make an empty place, and how to connect to it. */
export interface DatabaseConnector {
  /** Makes an empty place. */
  create(): Promise<Site<OpenDatabase>>;
}

/** What the author of a storage gives to `describeStorage`; the options of a connection are for the tests to choose. */
export interface StorageConnector {
  /** Makes an empty place. */
  create(): Promise<Site<StorageProtocol, [options?: StorageOptions]>>;
}

/** The storages over the databases of an adapter. */
export function storageOver(databases: DatabaseConnector): StorageConnector {
  return {
    async create() {
      const site = await databases.create();
      return {
        connect: async (options) => new DocumentStorage(await site.connect(), options),
        remove: () => site.remove(),
      };
    },
  };
}

function partsOfEveryObject(): string[] {
  return [Object.prototype, Array.prototype].flatMap((prototype) => Reflect.ownKeys(prototype).map(String));
}

const parts = partsOfEveryObject();

interface Closeable {
  close(): Promise<void>;
}

interface Connector<Connection, Options extends unknown[]> {
  create(): Promise<Site<Connection, Options>>;
}

/**
 * To be called in a `describe`: gives each of its tests an empty place. The function returned opens connections to
 * it; they are closed, and the place is removed, when the test ends.
 */
export function eachOnItsOwn<Connection extends Closeable, Options extends unknown[]>(
  connector: Connector<Connection, Options>,
): (...options: Options) => Promise<Connection> {
  const place = new Place(connector);
  beforeEach(() => place.create());
  afterEach(() => place.remove());
  afterEach(expectCleanPrototypes);
  return place.connect;
}

/**
 * To be called in a `describe` whose tests change nothing, or see that nothing was changed: gives all of them one place,
 * which is empty before the first of them.
 */
export function allInOnePlace<Connection extends Closeable, Options extends unknown[]>(
  connector: Connector<Connection, Options>,
): (...options: Options) => Promise<Connection> {
  const place = new Place(connector);
  beforeAll(() => place.create());
  afterAll(() => place.remove());
  afterEach(expectCleanPrototypes);
  return place.connect;
}

/** A site, and the connections to it that are open. */
class Place<Connection extends Closeable, Options extends unknown[]> {
  readonly #connector: Connector<Connection, Options>;
  #site: Site<Connection, Options> | undefined;
  #open: Connection[] = [];

  constructor(connector: Connector<Connection, Options>) {
    this.#connector = connector;
  }

  async create(): Promise<void> {
    this.#site = await this.#connector.create();
    this.#open = [];
  }

  readonly connect = async (...options: Options): Promise<Connection> => {
    if (!this.#site) throw new Error('There is a place to connect to only while tests run');
    const connection = await this.#site.connect(...options);
    this.#open.push(connection);
    return connection;
  };

  async remove(): Promise<void> {
    await Promise.all(this.#open.map((connection) => connection.close()));
    await this.#site?.remove();
  }
}

function expectCleanPrototypes(): void {
  expect(partsOfEveryObject(), 'what a test has left on the prototype of all objects').toEqual(parts);
}

/** Two connections to the same data, which calls take in turn: the i-th call goes through one, the next through the other. */
export async function takingTurns<Connection>(
  connect: () => Promise<Connection>,
): Promise<(i: number) => Connection> {
  const one = await connect();
  const two = await connect();
  return (i) => (i % 2 === 0 ? one : two);
}
