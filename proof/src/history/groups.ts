/** Values grouped by a key, each group in the order of coming. */
export class Groups<K, V> {
  readonly #groups = new Map<K, V[]>();

  get all(): ReadonlyMap<K, readonly V[]> {
    return this.#groups;
  }

  get(key: K): readonly V[] {
    return this.#groups.get(key) ?? [];
  }

  add(key: K, value: V): void {
    const group = this.#groups.get(key);
    if (group) group.push(value);
    else this.#groups.set(key, [value]);
  }
}
