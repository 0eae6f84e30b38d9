import { describe, expect, it } from "vitest";
import { grow, plant, prune } from "../../../../src/experiments/explorer/tree";
import { segmentsOf } from "../../../../webview/explorer/branches";

const token = (id: number, p = 0.5) => ({ id, text: String(id), logProb: Math.log(p), entropy: null });

function tree() {
  const long = grow(
    plant(0),
    0,
    [1, 2, 3, 4, 5, 6].map((id) => token(id)),
    "drawn",
    1,
  );
  return { long, last: long.last };
}

describe("branches as segments", () => {
  it("draws a long run without a fork as one, with the product of its probabilities", () => {
    const { segments, columns, lines } = segmentsOf({ ...tree().long.tree, hand: 0 });
    expect(segments.map(({ nodes }) => nodes.length)).toEqual([6]);
    expect(segments[0]?.probability).toBeCloseTo(0.5 ** 6, 12);
    expect([columns, lines]).toEqual([1, 1]);
  });

  it("ends a run at the node in hand, and at a fork", () => {
    const { long } = tree();
    const inside = segmentsOf({ ...long.tree, hand: 4 });
    expect(inside.segments.map(({ nodes }) => nodes.length)).toEqual([4, 1, 1]);
    const forked = grow(long.tree, 2, [token(9, 0.25)], "taken", long.next);
    const { segments, paths, lines } = segmentsOf({ ...forked.tree, hand: 0 });
    expect(segments.map(({ nodes }) => nodes.map(({ token: each }) => each?.id))).toEqual([
      [1],
      [2],
      [3, 4, 5, 6],
      [9],
    ]);
    expect(segments.map(({ column }) => column)).toEqual([0, 1, 2, 2]);
    expect([paths, lines]).toEqual([2, 2]);
  });

  it("keeps what was set aside apart from the run before it", () => {
    const { long } = tree();
    const { segments, pruned } = segmentsOf(prune({ ...long.tree, hand: 0 }, 5, true));
    expect(segments.map(({ nodes }) => nodes.length)).toEqual([4, 1, 1]);
    expect(pruned).toBe(1);
  });

  it("has every node once, whatever the tree", () => {
    let random = 12345;
    const next = (below: number) => {
      random = (random * 1103515245 + 12345) % 2 ** 31;
      return random % below;
    };
    let at = plant(0);
    let id = 1;
    for (let round = 0; round < 300; round++) {
      const grown = grow(
        at,
        next(id),
        Array.from({ length: 1 + next(6) }, () => token(next(5))),
        "drawn",
        id,
      );
      at = { ...grown.tree, hand: next(grown.next) };
      id = grown.next;
    }
    const ids = segmentsOf(at).segments.flatMap(({ nodes }) => nodes.map((node) => node.id));
    expect(ids.toSorted((a, b) => a - b)).toEqual(at.nodes.slice(1).map((node) => node.id));
  });
});
