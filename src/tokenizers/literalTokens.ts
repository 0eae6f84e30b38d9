/** A literal token found in a text: `[start, end)` in UTF-16 units. */
export interface LiteralMatch {
  readonly start: number;
  readonly end: number;
  readonly id: number;
}

/** Literals that begin alike: found by what all of them begin with, then told apart by whole text, longest first. */
interface Group {
  readonly prefix: string;
  readonly lengths: readonly number[];
}

/** Finds special and added tokens in a text: the leftmost, and of those that begin there the longest. */
export class LiteralTokens {
  private readonly groups: readonly Group[];

  constructor(private readonly ids: ReadonlyMap<string, number>) {
    const byFirst = new Map<string, string[]>();
    for (const literal of ids.keys()) {
      if (literal === "") continue;
      const alike = byFirst.get(literal[0]!);
      if (alike) alike.push(literal);
      else byFirst.set(literal[0]!, [literal]);
    }
    this.groups = [...byFirst.values()].map((literals) => ({
      prefix: literals.reduce(commonPrefix),
      lengths: [...new Set(literals.map(({ length }) => length))].sort((a, b) => b - a),
    }));
  }

  /** All that lie in `text`, in order, without overlap. */
  *in(text: string): Generator<LiteralMatch> {
    const hits = this.groups.map(({ prefix }) => text.indexOf(prefix));
    for (let from = 0; ; ) {
      let best: LiteralMatch | undefined;
      this.groups.forEach((group, index) => {
        while (hits[index]! >= 0) {
          const hit = hits[index]!;
          if (best !== undefined && hit >= best.start) return;
          if (hit >= from) {
            best = this.matchAt(text, hit, group) ?? best;
            if (best?.start === hit) return;
          }
          hits[index] = text.indexOf(group.prefix, Math.max(hit + 1, from));
        }
      });
      if (best === undefined) return;
      yield best;
      from = (best as LiteralMatch).end;
    }
  }

  private matchAt(text: string, start: number, { lengths }: Group): LiteralMatch | undefined {
    for (const length of lengths) {
      if (start + length > text.length) continue;
      const id = this.ids.get(text.slice(start, start + length));
      if (id !== undefined) return { start, end: start + length, id };
    }
    return undefined;
  }
}

function commonPrefix(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}
