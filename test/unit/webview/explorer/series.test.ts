import { describe, expect, it } from "vitest";
import { plant } from "../../../../src/experiments/explorer/tree";
import { entropyAlong } from "../../../../webview/explorer/entropyAlong";
import { running } from "../../../../webview/explorer/running";
import { firstView, keepable, restored } from "../../../../webview/explorer/view";

describe("running share of an outcome", () => {
  const tosses = Array.from({ length: 1000 }, (_, index) => ({ u: 0, outcome: index % 4 === 0 ? 3 : 0 }));

  it("ends at the share of all tosses, with its interval around it", () => {
    const shares = running(tosses, 3);
    expect(shares.at(-1)).toMatchObject({ n: 1000, seen: 250, share: 0.25 });
    for (const { n, seen, share, low, high } of shares) {
      expect(share).toBe(seen / n);
      expect(low).toBeLessThanOrEqual(share);
      expect(high).toBeGreaterThanOrEqual(share);
    }
  });

  it("has every power of ten and few enough points to draw", () => {
    const shares = running(tosses, 3);
    expect(shares.map(({ n }) => n)).toEqual(expect.arrayContaining([1, 10, 100, 1000]));
    expect(shares.length).toBeLessThan(160);
    expect(shares.map(({ n }) => n)).toEqual(shares.map(({ n }) => n).toSorted((a, b) => a - b));
  });
});

it("puts entropy and surprisal of prompt and path on one line, in bits", () => {
  const prompt = {
    as: "text" as const,
    text: "ab",
    messages: null,
    parseSpecial: false,
    tokens: [
      { id: 1, text: "a", message: null },
      { id: 2, text: "b", message: null },
    ],
    scores: [
      { logProb: null, rank: null, entropy: null },
      { logProb: Math.log(0.25), rank: 2, entropy: { nats: Math.LN2, exact: true } },
    ],
  };
  const root = plant(0);
  const tree = {
    nodes: [
      ...root.nodes,
      {
        id: 1,
        parent: 0,
        token: { id: 3, text: " c", logProb: Math.log(0.5), entropy: null },
        origin: null,
        pruned: false,
      },
    ],
    hand: 1,
  };
  expect(entropyAlong({ prompt, tree })).toEqual([
    { place: 1, name: "a", entropy: null, surprisal: null },
    { place: 2, name: "b", entropy: 1, surprisal: 2 },
    { place: 3, name: "·c", entropy: null, surprisal: 1 },
  ]);
});

it("keeps the view over a reload, and begins anew from what it cannot read", () => {
  const view = { ...firstView, all: true, plot: "entropy" as const };
  expect(restored(JSON.parse(JSON.stringify(keepable("d1", view))))).toEqual({ draft: "d1", view });
  expect(restored({ version: 1, draft: "d2", view: { all: "yes" } })).toEqual({ draft: "d2", view: firstView });
  expect(restored("junk")).toEqual({ draft: null, view: firstView });
});
