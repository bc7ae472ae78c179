import type { OpenDatabase } from './database.js';
import { DocumentStorage } from './document-storage.js';
import { describe, InvalidConfigurationError } from './errors.js';
import { openMemory } from './memory/open-memory.js';
import { checkStorageOptions, type StorageOptions, storageOptionNames } from './storage-options.js';
import type { StorageProtocol } from './storage-protocol.js';

/** A kind of store that can be opened by name. */
export interface StorageType {
  /** Other names for it, in any case: that of Orion's counterpart, for instance. */
  readonly aliases?: readonly string[];
  /** The options that it takes. Any other is refused. */
  readonly options: readonly string[];
  /** The option that Orion's configurations call `host`. */
  readonly host?: string;
  /** Opens the database. */
  open(options: Options): Promise<OpenDatabase>;
}

/** Options by name, not checked yet. */
export type Options = Readonly<Record<string, unknown>>;

/** A database, and the options of the storage over it. */
export interface OpenedStore {
  readonly database: OpenDatabase;
  readonly options: StorageOptions;
}

/** The stores that can be opened by name. Orion's `storage_factory`. */
export class StorageRegistry {
  /** The type that is opened where none is named. */
  readonly defaultType: string;
  readonly #types: Readonly<Record<string, StorageType>>;

  constructor(defaultType: string, types: Readonly<Record<string, StorageType>>) {
    this.defaultType = defaultType;
    this.#types = types;
  }

  /** The names of the types, without their aliases. */
  get types(): string[] {
    return Object.keys(this.#types);
  }

  /**
   * Opens a storage of the type named, in any case.
   *
   * @throws InvalidConfigurationError for a type or an option that it does not know; the message lists those it does.
   */
  async create(type: string, options: Options = {}): Promise<StorageProtocol> {
    const opened = await this.open(type, options);
    return new DocumentStorage(opened.database, opened.options);
  }

  /**
   * Opens the database below a storage: for tools that read and write the documents themselves.
   *
   * @throws InvalidConfigurationError for a type or an option that it does not know; the message lists those it does.
   */
  async open(type: string, options: Options = {}): Promise<OpenedStore> {
    const known = this.#find(type);
    const { own, common } = splitOptions(type, known, options);
    // Checked before the store is opened: a wrong option must leave nothing open.
    const checked = checkStorageOptions(common);
    return { database: await known.open(own), options: checked };
  }

  #find(type: string): StorageType {
    const name = typeof type === 'string' ? type.toLowerCase() : undefined;
    for (const [known, storageType] of Object.entries(this.#types)) {
      const names = [known, ...(storageType.aliases ?? [])];
      if (names.some((each) => each.toLowerCase() === name)) return storageType;
    }
    throw new InvalidConfigurationError(
      `There is no storage of type ${describe(type)} here: use one of ${this.types.map(describe).join(', ')}`,
    );
  }
}

/** The registry of what runs everywhere: the memory database. */
export const memoryRegistry: StorageRegistry = new StorageRegistry('memory', {
  memory: { aliases: ['ephemeraldb'], options: [], open: () => openMemory() },
});

function splitOptions(type: string, known: StorageType, options: Options): { own: Options; common: Options } {
  const own: Record<string, unknown> = {};
  const common: Record<string, unknown> = {};
  for (const [given, value] of Object.entries(options)) {
    const name = given === 'host' && known.host !== undefined ? known.host : given;
    if (value === undefined) continue;
    if (known.options.includes(name)) own[name] = value;
    else if ((storageOptionNames as readonly string[]).includes(name)) common[name] = value;
    else throw unknownOption(type, given, [...known.options, ...storageOptionNames]);
  }
  return { own, common };
}

function unknownOption(type: string, given: string, known: readonly string[]): InvalidConfigurationError {
  return new InvalidConfigurationError(
    `A storage of type ${describe(type)} has no option ${describe(given)}: it takes ${known.map(describe).join(', ')}`,
  );
}
