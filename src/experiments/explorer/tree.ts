import type { GrownToken, Origin, Tree, TreeNode } from "./data";

/** A tree with the prompt alone. */
export function plant(root: number): Tree {
  return { nodes: [{ id: root, parent: null, token: null, origin: null, pruned: false }], hand: root };
}

export function nodeOf(tree: Tree, id: number): TreeNode | undefined {
  return tree.nodes.find((node) => node.id === id);
}

export function childrenOf(tree: Tree, id: number): TreeNode[] {
  return tree.nodes.filter(({ parent }) => parent === id);
}

/** The nodes from the first token to the given one; empty for the root. */
export function pathTo(tree: Tree, id: number): TreeNode[] {
  const byId = new Map(tree.nodes.map((node) => [node.id, node]));
  const path: TreeNode[] = [];
  for (let node = byId.get(id); node && node.parent !== null; node = byId.get(node.parent)) path.push(node);
  return path.reverse();
}

/** The tokens of a path as ids, and their text. */
export function idsOf(path: readonly TreeNode[]): number[] {
  return path.flatMap(({ token }) => (token ? [token.id] : []));
}

export function textOf(path: readonly TreeNode[]): string {
  return path.map(({ token }) => token?.text ?? "").join("");
}

/** Sum of the path's log-probabilities in nats: ln of the probability of the whole path. Null where one is not known. */
export function sumLogProb(path: readonly TreeNode[]): number | null {
  let sum = 0;
  for (const { token } of path) {
    if (token === null || token.logProb === null) return null;
    sum += token.logProb;
  }
  return sum;
}

/**
 * Adds a run of tokens below `parent`, from the id `next` on; where the same token already follows, it is kept and gone
 * on from. A pruned node that is grown through again is taken back.
 */
export function grow(
  tree: Tree,
  parent: number,
  tokens: readonly GrownToken[],
  origin: Origin,
  next: number,
): { readonly tree: Tree; readonly last: number; readonly next: number } {
  const nodes = tree.nodes.slice();
  let at = parent;
  let id = next;
  let known = true;
  for (const token of tokens) {
    // Nothing follows a node that was only just added.
    const place = known ? nodes.findIndex((node) => node.parent === at && node.token?.id === token.id) : -1;
    const there = nodes[place];
    if (there) {
      nodes[place] = { ...there, pruned: false };
      at = there.id;
    } else {
      known = false;
      nodes.push({ id, parent: at, token, origin, pruned: false });
      at = id++;
    }
  }
  return { tree: { ...tree, nodes }, last: at, next: id };
}

/** Stands on another node. A node that is not there leaves everything as it is. */
export function go(tree: Tree, id: number): Tree {
  return id !== tree.hand && nodeOf(tree, id) ? { ...tree, hand: id } : tree;
}

export function back(tree: Tree): Tree {
  return go(tree, nodeOf(tree, tree.hand)?.parent ?? tree.hand);
}

/** Sets a node aside with all that follows, or takes it back. Who stands in it goes back to before it. */
export function prune(tree: Tree, id: number, pruned: boolean): Tree {
  const node = nodeOf(tree, id);
  if (!node || node.parent === null || node.pruned === pruned) return tree;
  const inHand = pruned && pathTo(tree, tree.hand).some((each) => each.id === id);
  return {
    nodes: tree.nodes.map((each) => (each.id === id ? { ...each, pruned } : each)),
    hand: inHand ? node.parent : tree.hand,
  };
}

/** A way from the prompt to where it ends. */
export interface TreePath {
  readonly leaf: TreeNode;
  readonly nodes: readonly TreeNode[];
  /** Whether a node on the way is set aside. */
  readonly pruned: boolean;
  /** In nats; null where the probability of a token is not known. */
  readonly logProb: number | null;
}

/** All paths to nodes after which nothing was tried, in the tree's drawing order (parents' order, depth first). */
export function leavesOf(tree: Tree): TreePath[] {
  return layoutOf(tree)
    .rows.filter(({ leaf }) => leaf)
    .map(({ node }) => pathOf(tree, node));
}

/**
 * The `count` best paths, by the sum of log-probabilities or, length-normalised, by its mean per token [Wu 2016,
 * arXiv 1609.08144, with alpha = 1]. Pruned paths and those of unknown probability are left out.
 */
export function beamOf(tree: Tree, count: number, options: { readonly lengthNormalised: boolean }): TreePath[] {
  const value = ({ logProb, nodes }: TreePath) => (options.lengthNormalised ? logProb! / nodes.length : logProb!);
  return leavesOf(tree)
    .filter(({ pruned, logProb }) => !pruned && logProb !== null)
    .sort((a, b) => value(b) - value(a))
    .slice(0, count);
}

export interface TreeRow {
  readonly node: TreeNode;
  /** 1 for the tokens right after the prompt. */
  readonly depth: number;
  /** Line it is drawn in, from 0: a node's first child is drawn in its own line, the others below. */
  readonly row: number;
  readonly leaf: boolean;
  /** Itself or a node before it is set aside. */
  readonly pruned: boolean;
  /** On the way to the node in hand, which itself counts. */
  readonly inHand: boolean;
  /** Sum of log-probabilities up to here; null where unknown. */
  readonly logProb: number | null;
}

/**
 * Where each node stands when the tree is drawn from left to right, likelier children above less likely ones. Rows are
 * in drawing order; `lines` is the height, `depth` the width, `pruned` the number of paths set aside.
 */
export function layoutOf(tree: Tree): { rows: TreeRow[]; lines: number; depth: number; paths: number; pruned: number } {
  const children = new Map<number | null, TreeNode[]>();
  for (const node of tree.nodes) {
    const siblings = children.get(node.parent);
    if (siblings) siblings.push(node);
    else children.set(node.parent, [node]);
  }
  const hand = new Set(pathTo(tree, tree.hand).map(({ id }) => id));
  const rows: TreeRow[] = [];
  let lines = 0;
  const root = tree.nodes[0]!;
  // A stack of its own: a path may be a thousand tokens deep.
  const open = ordered(children.get(root.id)).map((node) => ({
    node,
    depth: 1,
    pruned: false,
    logProb: 0 as number | null,
    row: -1,
  }));
  open.reverse();
  while (open.length > 0) {
    const { node, depth, pruned: before, logProb: sum, row: given } = open.pop()!;
    const row = given >= 0 ? given : lines++;
    const below = ordered(children.get(node.id));
    const pruned = before || node.pruned;
    const logProb = sum === null || node.token?.logProb == null ? null : sum + node.token.logProb;
    rows.push({ node, depth, row, leaf: below.length === 0, pruned, inHand: hand.has(node.id), logProb });
    for (const [index, child] of [...below.entries()].reverse()) {
      open.push({ node: child, depth: depth + 1, pruned, logProb, row: index === 0 ? row : -1 });
    }
  }
  const leaves = rows.filter(({ leaf }) => leaf);
  return {
    rows,
    lines,
    depth: rows.reduce((max, row) => Math.max(max, row.depth), 0),
    paths: leaves.length,
    pruned: leaves.filter((leaf) => leaf.pruned).length,
  };
}

function pathOf(tree: Tree, leaf: TreeNode): TreePath {
  const nodes = pathTo(tree, leaf.id);
  return { leaf, nodes, pruned: nodes.some(({ pruned }) => pruned), logProb: sumLogProb(nodes) };
}

function ordered(nodes: readonly TreeNode[] = []): TreeNode[] {
  const value = ({ token }: TreeNode) => token?.logProb ?? Number.NEGATIVE_INFINITY;
  return nodes.slice().sort((a, b) => (value(a) === value(b) ? a.id - b.id : value(b) - value(a)));
}
