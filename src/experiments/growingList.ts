/**
 * A list that only grows, as a value: the list with one more item shares its items with the one before, which stays as it
 * is. Adding to the longest takes no copy, so that a report of a hundred thousand events costs no more than its events.
 */
export class GrowingList<T> implements Iterable<T> {
  private constructor(
    private readonly items: T[],
    readonly length: number,
  ) {}

  static of<T>(...items: T[]): GrowingList<T> {
    return new GrowingList(items, items.length);
  }

  with(item: T): GrowingList<T> {
    const items = this.items.length === this.length ? this.items : this.items.slice(0, this.length);
    items.push(item);
    return new GrowingList(items, items.length);
  }

  at(index: number): T | undefined {
    return index < this.length ? this.items[index] : undefined;
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let index = 0; index < this.length; index++) yield this.items[index]!;
  }
}
