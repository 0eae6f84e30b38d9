import { describe, expect, it } from "vitest";
import type { GrownToken, Tree } from "../../../../src/experiments/explorer/data";
import {
  back,
  beamOf,
  go,
  grow,
  layoutOf,
  leavesOf,
  pathTo,
  plant,
  prune,
  sumLogProb,
  textOf,
} from "../../../../src/experiments/explorer/tree";

const token = (text: string, probability: number | null): GrownToken => ({
  id: [...text].reduce((sum, character) => sum * 31 + character.codePointAt(0)!, 7) % 1_000_003,
  text,
  logProb: probability === null ? null : Math.log(probability),
  entropy: null,
});

/** The mockup's tree: composer (who: rose, became; .: He, Born), writer. */
function mockup(): { tree: Tree; ids: Record<string, number> } {
  let tree = plant(0);
  let next = 1;
  const ids: Record<string, number> = {};
  const add = (parent: number, name: string, text: string, probability: number) => {
    const grown = grow(tree, parent, [token(text, probability)], "taken", next);
    ids[name] = grown.last;
    tree = grown.tree;
    next = grown.next;
  };
  add(0, "writer", " writer", 0.142);
  add(0, "composer", " composer", 0.384);
  add(ids.composer!, "stop", ".", 0.33);
  add(ids.composer!, "who", " who", 0.52);
  add(ids.who!, "rose", " rose", 0.44);
  add(ids.stop!, "he", " He", 0.58);
  add(ids.composer!, "known", " known", 0.04);
  return { tree, ids };
}

describe("the tree of branches", () => {
  it("sums log-probabilities along a path", () => {
    const { tree, ids } = mockup();
    const path = pathTo(tree, ids.he!);
    expect(textOf(path)).toBe(" composer. He");
    expect(Math.exp(sumLogProb(path)!)).toBeCloseTo(0.384 * 0.33 * 0.58, 12);
    expect(sumLogProb([...path, { ...path[0]!, token: token("x", null) }])).toBeNull();
  });

  it("goes on from a token that is there already, and takes it back when it was pruned", () => {
    const { tree, ids } = mockup();
    const pruned = prune(tree, ids.who!, true);
    const again = grow(pruned, ids.composer!, [token(" who", 0.52), token(" became", 0.31)], "drawn", 100);
    expect(again).toMatchObject({ last: 100, next: 101 });
    expect(again.tree.nodes.find(({ id }) => id === ids.who)).toMatchObject({ pruned: false });
    expect(again.tree.nodes.length).toBe(tree.nodes.length + 1);
  });

  it("goes back along the path and no further than the prompt", () => {
    const { tree, ids } = mockup();
    const standing = go(tree, ids.he!);
    expect(back(standing).hand).toBe(ids.stop);
    expect(back(back(back(back(standing)))).hand).toBe(0);
    expect(go(tree, 999)).toBe(tree);
  });

  it("steps out of a branch that is pruned, and leaves the given tree as it was", () => {
    const { tree, ids } = mockup();
    const standing = go(tree, ids.he!);
    const copy = structuredClone(standing);
    expect(prune(standing, ids.stop!, true).hand).toBe(ids.composer);
    expect(prune(standing, ids.who!, true).hand).toBe(ids.he);
    expect(standing).toEqual(copy);
  });

  it("draws likelier children above, first children in their parent's line", () => {
    const { tree, ids } = mockup();
    const { rows, lines, depth, paths, pruned } = layoutOf(prune(go(tree, ids.he!), ids.known!, true));
    const at = (id: number) => rows.find(({ node }) => node.id === id)!;
    expect({ lines, depth, paths, pruned }).toEqual({ lines: 4, depth: 3, paths: 4, pruned: 1 });
    expect([ids.composer, ids.who, ids.rose].map((id) => at(id!).row)).toEqual([0, 0, 0]);
    expect([ids.stop, ids.he].map((id) => at(id!).row)).toEqual([1, 1]);
    expect(at(ids.known!)).toMatchObject({ row: 2, pruned: true, leaf: true });
    expect(at(ids.writer!).row).toBe(3);
    expect(rows.filter(({ inHand }) => inHand).map(({ node }) => node.id)).toEqual([ids.composer, ids.stop, ids.he]);
  });

  it("ranks paths by their sum or by their mean per token, pruned ones left out", () => {
    const { tree, ids } = mockup();
    const names = (paths: ReturnType<typeof beamOf>) => paths.map(({ nodes }) => textOf(nodes));
    expect(names(beamOf(tree, 3, { lengthNormalised: false }))).toEqual([
      " writer",
      " composer who rose",
      " composer. He",
    ]);
    expect(names(beamOf(tree, 3, { lengthNormalised: true }))[0]).toBe(" composer who rose");
    expect(names(beamOf(prune(tree, ids.composer!, true), 9, { lengthNormalised: false }))).toEqual([" writer"]);
    expect(leavesOf(tree)).toHaveLength(4);
  });

  it("lays out a path of ten thousand tokens", () => {
    const long = Array.from({ length: 10_000 }, (_, index) => token(`w${index}`, 0.5));
    const { tree, last } = grow(plant(0), 0, long, "drawn", 1);
    expect(layoutOf(tree)).toMatchObject({ lines: 1, depth: 10_000 });
    expect(sumLogProb(pathTo(tree, last))).toBeCloseTo(10_000 * Math.log(0.5), 6);
  });
});
