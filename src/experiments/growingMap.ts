/**
 * A map that only grows, as a value: the map with one more entry shares its entries with the one before, which stays as it
 * is. Adding a new key to the longest takes no copy, so that a report of tens of thousands of answers costs no more than
 * its answers. Entries come in the order their keys were first added.
 */
export class GrowingMap<K, V> {
  private constructor(
    private readonly keys: K[],
    private readonly entries: Map<K, { readonly value: V; readonly place: number }>,
    readonly size: number,
  ) {}

  static empty<K, V>(): GrowingMap<K, V> {
    return new GrowingMap<K, V>([], new Map(), 0);
  }

  with(key: K, value: V): GrowingMap<K, V> {
    const known = this.has(key);
    const alone = !known && this.keys.length === this.size;
    const keys = alone ? this.keys : this.keys.slice(0, this.size);
    const entries = alone ? this.entries : new Map(keys.map((each) => [each, this.entries.get(each)!]));
    const place = known ? entries.get(key)!.place : keys.push(key) - 1;
    entries.set(key, { value, place });
    return new GrowingMap(keys, entries, keys.length);
  }

  has(key: K): boolean {
    return this.found(key) !== undefined;
  }

  get(key: K): V | undefined {
    return this.found(key)?.value;
  }

  *values(): Generator<V> {
    for (let place = 0; place < this.size; place++) yield this.entries.get(this.keys[place]!)!.value;
  }

  private found(key: K): { readonly value: V } | undefined {
    const entry = this.entries.get(key);
    return entry && entry.place < this.size ? entry : undefined;
  }
}
