import type { VocabularyQuery } from "../../../webview/inspector/protocol";

/** All tokens of a vocabulary, packed so that a worker can take them over without a copy. */
export interface PackedTokens {
  /** The tokens' bytes by id, one after the other; an unused id has none. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** For each id where its bytes end. */
  readonly ends: Uint32Array<ArrayBuffer>;
  /** Ids of the special tokens. */
  readonly special: Uint32Array<ArrayBuffer>;
  /** Ids that have a token. */
  readonly used: number;
}

/** A query that cannot be run; the message is for the person who wrote it. */
export class QueryError extends Error {
  override readonly name = "QueryError";
}

/** Finds tokens of one vocabulary. Texts are decoded once; bytes that are no UTF-8 read as U+FFFD. */
export class VocabularySearch {
  private readonly texts: readonly string[];
  private readonly lengths: Uint32Array;
  private readonly special: ReadonlySet<number>;

  constructor({ bytes, ends, special }: PackedTokens) {
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    const starts = [0, ...ends];
    this.texts = Array.from(ends, (end, id) => decoder.decode(bytes.subarray(starts[id], end)));
    this.lengths = ends.map((end, id) => end - (starts[id] ?? 0));
    this.special = new Set(special);
  }

  /**
   * Ids that fit, ascending, but for filter "longest" (most bytes first) and text queries (tokens that are the text,
   * with or without a space before it, come first). Throws QueryError.
   */
  find({ kind, text, filter }: Omit<VocabularyQuery, "tokenizer">): Uint32Array<ArrayBuffer> {
    const fits = text === "" ? () => true : this.matcher(kind, text);
    const ids: number[] = [];
    for (let id = 0; id < this.texts.length; id++) if (this.passes(id, filter) && fits(id)) ids.push(id);
    if (filter === "longest") ids.sort((a, b) => (this.lengths[b] ?? 0) - (this.lengths[a] ?? 0) || a - b);
    else if (kind === "text" && text !== "") return Uint32Array.from(this.exactFirst(ids, text));
    return Uint32Array.from(ids);
  }

  private passes(id: number, filter: VocabularyQuery["filter"]): boolean {
    const length = this.lengths[id] ?? 0;
    if (filter === "special") return this.special.has(id);
    if (filter === "bytes") return length === 1;
    if (filter === "longest") return length > 1 && !this.special.has(id);
    return length > 0;
  }

  private matcher(kind: VocabularyQuery["kind"], text: string): (id: number) => boolean {
    if (kind === "id") return idMatcher(text);
    if (kind === "regex") {
      const expression = compiled(text);
      return (id) => expression.test(this.texts[id] ?? "");
    }
    // As editors do it: a query without capitals finds both.
    if (text !== text.toLowerCase()) return (id) => (this.texts[id] ?? "").includes(text);
    return (id) => (this.texts[id] ?? "").toLowerCase().includes(text);
  }

  private exactFirst(ids: readonly number[], text: string): number[] {
    const isText = (id: number) => (this.texts[id] ?? "").trim() === text.trim();
    return [...ids.filter(isText), ...ids.filter((id) => !isText(id))];
  }
}

/** "128", "10-20", "1, 2, 30-40". */
function idMatcher(text: string): (id: number) => boolean {
  const ranges = text.split(/[\s,]+/).filter((part) => part !== "");
  const bounds = ranges.map((part) => {
    const match = /^(\d+)(?:-(\d+))?$/.exec(part);
    if (!match) throw new QueryError(`“${part}” is no id. Write ids and ranges, such as 128 or 1000-1020.`);
    return [Number(match[1]), Number(match[2] ?? match[1])] as const;
  });
  return (id) => bounds.some(([low, high]) => id >= low && id <= high);
}

function compiled(text: string): RegExp {
  try {
    return new RegExp(text, "u");
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, "") : String(error);
    throw new QueryError(`This is no regular expression: ${reason}.`);
  }
}
