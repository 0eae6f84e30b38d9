import type { PackedVocabulary } from "./packedVocabulary";
import { readVarints } from "./varints";

/** The bytes of every token, special and added ones included. */
export class TokenBytes {
  private ends: Uint32Array | undefined;
  private readonly literals = new Map<number, Uint8Array>();
  readonly size: number;

  constructor(
    private readonly vocabulary: PackedVocabulary,
    ...literals: readonly ReadonlyMap<string, number>[]
  ) {
    const { tokens } = vocabulary.header;
    const encoder = new TextEncoder();
    // o200k_harmony gives one id two names: the first one stands.
    for (const [text, id] of literals.flatMap((map) => [...map])) {
      if (!this.literals.has(id)) this.literals.set(id, encoder.encode(text));
    }
    this.size = Math.max(tokens, ...[...this.literals.keys()].map((id) => id + 1));
  }

  /** A view of one token's bytes; undefined for an id that no token has. */
  of(id: number): Uint8Array | undefined {
    // Encoding needs none of this: worked out at the first question.
    this.ends ??= endsOf(this.vocabulary);
    const end = this.ends[id];
    const start = id === 0 ? 0 : this.ends[id - 1];
    return end === undefined || start === undefined || start === end
      ? this.literals.get(id)
      : this.vocabulary.bytes.subarray(start, end);
  }

  /** The bytes of all `ids`, one after the other. Throws RangeError for an id that no token has. */
  join(ids: ArrayLike<number>): Uint8Array {
    let length = 0;
    const parts = Array.from(ids, (id) => {
      const part = this.of(id);
      if (part === undefined) {
        throw new RangeError(
          `"${this.vocabulary.header.name}" has no token with the id ${id}; its ids run from 0 to ${this.size - 1}.`,
        );
      }
      length += part.length;
      return part;
    });
    const out = new Uint8Array(length);
    let at = 0;
    for (const part of parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  }
}

/** By id: where its token ends among the bytes of all. */
function endsOf({ header, lengths }: PackedVocabulary): Uint32Array {
  const ends = readVarints(lengths, header.tokens);
  for (let id = 1; id < ends.length; id++) ends[id]! += ends[id - 1]!;
  return ends;
}
