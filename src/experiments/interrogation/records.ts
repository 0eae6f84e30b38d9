/** Changing one record copies this many and their chunks, not all. */
const chunkSize = 64;

/**
 * Records by id in the order they were first added, as a value: `with` gives a new one and leaves the old as it is, so a
 * report can be read in slices while the next ones are made. One change among thousands copies a chunk of them.
 */
export class Records<T extends { readonly id: string }> implements Iterable<T> {
  private constructor(
    private readonly chunks: readonly (readonly T[])[],
    /** Places by id, shared by all that came of one another: of those that are not in this one the place is past its end. */
    private readonly places: Map<string, number>,
    readonly size: number,
  ) {}

  static none<T extends { readonly id: string }>(): Records<T> {
    return new Records<T>([], new Map(), 0);
  }

  get(id: string): T | undefined {
    const place = this.places.get(id);
    if (place === undefined || place >= this.size) return undefined;
    const found = this.chunks[Math.floor(place / chunkSize)]![place % chunkSize];
    return found?.id === id ? found : undefined;
  }

  /** With the record, in the place of the one with its id or at the end. */
  with(record: T): Records<T> {
    const known = this.get(record.id) !== undefined;
    const place = known ? this.places.get(record.id)! : this.size;
    // A second future of the same past: it needs places of its own.
    const forked = !known && this.places.size > this.size;
    const places = forked ? new Map([...this].map(({ id }, index) => [id, index])) : this.places;
    places.set(record.id, place);
    const at = Math.floor(place / chunkSize);
    const chunk = (this.chunks[at] ?? []).slice();
    chunk[place % chunkSize] = record;
    const chunks = this.chunks.slice();
    chunks[at] = chunk;
    return new Records(chunks, places, known ? this.size : this.size + 1);
  }

  *values(): Generator<T> {
    for (const chunk of this.chunks) yield* chunk;
  }

  [Symbol.iterator](): Iterator<T> {
    return this.values();
  }
}
