import type { Tree, TreeNode } from "../../src/experiments/explorer/data";
import { layoutOf, type TreeRow } from "../../src/experiments/explorer/tree";

/** A run of tokens without a fork, drawn as one. */
export interface Segment {
  /** First and last node; pressing goes to the last. */
  readonly first: TreeRow;
  readonly last: TreeRow;
  readonly nodes: readonly TreeNode[];
  readonly column: number;
  /** Column and line of the segment it hangs on; undefined at the prompt. */
  readonly from: Segment | undefined;
  /** Product of its tokens' probabilities; null where one is not known. */
  readonly probability: number | null;
}

/** Runs of at least this many tokens without a fork become one segment; a shorter run keeps a column for each token. */
const shortest = 4;

/**
 * The tree as segments, so that a continuation of forty tokens takes one column and not forty. The node in hand always
 * ends a segment: it is where one stands.
 */
export function segmentsOf(tree: Tree): {
  segments: Segment[];
  lines: number;
  columns: number;
  paths: number;
  pruned: number;
} {
  const layout = layoutOf(tree);
  const rows = new Map(layout.rows.map((row) => [row.node.id, row]));
  const children = new Map<number, TreeRow[]>();
  for (const row of layout.rows) {
    const parent = row.node.parent!;
    const siblings = children.get(parent);
    if (siblings) siblings.push(row);
    else children.set(parent, [row]);
  }
  const endOf = new Map<number, Segment>();
  const segments: Segment[] = [];
  for (const row of layout.rows) {
    if (endOf.has(row.node.id)) continue;
    const run = runFrom(row, children, tree.hand);
    for (const nodes of run.length >= shortest ? [run] : run.map((each) => [each])) {
      const first = nodes[0]!;
      const from = endOf.get(first.node.parent!);
      const segment: Segment = {
        first,
        last: nodes.at(-1)!,
        nodes: nodes.map(({ node }) => node),
        column: from ? from.column + 1 : 0,
        from,
        probability: product(nodes),
      };
      for (const { node } of nodes) endOf.set(node.id, segment);
      segments.push(segment);
    }
  }
  const columns = segments.reduce((most, { column }) => Math.max(most, column + 1), 0);
  return { segments, lines: layout.lines, columns, paths: layout.paths, pruned: layout.pruned };

  function runFrom(start: TreeRow, below: typeof children, hand: number): TreeRow[] {
    const run = [start];
    for (let at = start; at.node.id !== hand; ) {
      const next = below.get(at.node.id);
      const only = next?.length === 1 ? rows.get(next[0]!.node.id) : undefined;
      if (!only || only.node.pruned) break;
      run.push(only);
      at = only;
    }
    return run;
  }
}

function product(nodes: readonly TreeRow[]): number | null {
  let sum = 0;
  for (const { node } of nodes) {
    if (node.token?.logProb == null) return null;
    sum += node.token.logProb;
  }
  return Math.exp(Math.min(0, sum));
}
