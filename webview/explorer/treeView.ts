import { html, nothing, svg, type TemplateResult } from "lit";
import type { Tree } from "../../src/experiments/explorer/data";
import { count, plural } from "../ui/format";
import { nameOf } from "../ui/tokenView";
import { type Segment, segmentsOf } from "./branches";
import type { Explorer } from "./explorer";
import { nats, percentWords } from "./words";

const lineHeight = 22;
/** A column is as wide as there is room for, within these. */
const widest = 158;
const narrowest = 124;
const headHeight = 16;
const sumsWidth = 148;
/** Of a letter of the editor's font at 12 pixels, nearly enough. */
const letterWidth = 7.3;

/** The tree, as wide as there is room for; it scrolls sideways where that is not enough. */
export function treeView(explorer: Explorer, tree: Tree): TemplateResult {
  return html`<ps-plot
    class="tree-scroll"
    .draw=${(width: number) => drawTree(explorer, tree, width)}
  ></ps-plot>`;
}

/** Branches from left to right; line width is probability, the path in hand is orange, what was set aside dotted. */
function drawTree(explorer: Explorer, tree: Tree, room: number): TemplateResult {
  const { segments, lines, columns } = segmentsOf(tree);
  const columnWidth = Math.max(narrowest, Math.min(widest, Math.floor((room - sumsWidth) / Math.max(1, columns))));
  const width = columns * columnWidth + sumsWidth;
  const height = headHeight + lines * lineHeight + 6;
  const sums = columns * columnWidth;
  // With the prompt itself in hand, the first node is where Tab gets in.
  const entry = segments.find(({ last }) => last.node.id === tree.hand) ?? segments[0];
  return html`<svg class="tree plot" width=${width} height=${height} role="group" aria-label="Branches tried so far, with their probabilities" @keydown=${(event: KeyboardEvent) => keys(event, explorer)}>
      ${Array.from(
        { length: columns },
        (_, column) =>
          svg`<text class="muted" x=${column * columnWidth + 34} y="10">${headOf(segments, column)}</text>`,
      )}
      <text class="end" x=${sums + 78} y="10">Σ ln p (nats)</text>
      <text class="end" x=${sums + 138} y="10">path</text>
      ${segments.map((segment) => edge(segment, columnWidth))} ${segments.map((segment) => node(explorer, tree, segment, columnWidth, segment === entry))}
      ${segments.filter(({ last }) => last.leaf).map((segment) => leafSums(segment, sums))}
    </svg>`;
}

/** "next", "+2": how far along the column's tokens stand, as long as no run of tokens was drawn together before it. */
function headOf(segments: readonly Segment[], column: number): string {
  const depths = new Set(segments.filter((each) => each.column === column).map(({ first }) => first.depth));
  const [depth] = depths;
  if (depths.size !== 1 || depth === undefined) return "";
  return depth === 1 ? "next" : `+${count(depth)}`;
}

function place({ column, first }: Segment, columnWidth: number): { x: number; y: number } {
  return { x: column * columnWidth, y: headHeight + first.row * lineHeight + lineHeight / 2 };
}

function edge(segment: Segment, columnWidth: number): TemplateResult {
  const { x, y } = place(segment, columnWidth);
  const startY = segment.from ? place(segment.from, columnWidth).y : headHeight + lineHeight / 2;
  const p = segment.probability ?? 0;
  const first = segment.nodes[0]?.token?.logProb;
  const width = Math.max(1, 6 * (first == null ? p : Math.exp(first)));
  const kind = segment.first.pruned ? "pruned" : segment.last.inHand ? "hand" : "";
  return svg`<path
    class="branch ${kind}"
    d=${`M${x + 2} ${startY}C${x + 16} ${startY} ${x + 14} ${y} ${x + 30} ${y}`}
    stroke-width=${width.toFixed(1)}
  ></path>`;
}

function node(explorer: Explorer, tree: Tree, segment: Segment, columnWidth: number, entry: boolean): TemplateResult {
  const { x, y } = place(segment, columnWidth);
  const { nodes, last, first, probability } = segment;
  const text = nodes.map(({ token }) => (token ? nameOf(token) : "")).join("");
  const most = Math.max(4, Math.floor((columnWidth - 34 - 48) / letterWidth));
  const shown = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  const value = last.node.pruned
    ? "pruned"
    : first.pruned
      ? ""
      : probability === null
        ? "?"
        : percentWords(probability);
  const inHand = last.node.id === tree.hand;
  const visible = `${shown} ${nodes.length > 1 ? `${nodes.length} tok` : value}`;
  // The name begins with what is seen; the rest is for those who cannot see where it stands, and for the tooltip.
  const more = [
    shown === text ? "" : `whole: ${text}`,
    nodes.length > 1 ? `${plural(nodes.length, "token")} with ${value}` : "",
    inHand ? "in hand" : "",
    last.leaf && last.logProb !== null ? `path ${percentWords(Math.exp(last.logProb))}` : "",
  ].filter((part) => part !== "");
  const label = [visible, ...more].join(", ");
  return svg`<g
    class="node ${last.inHand ? "hand" : ""} ${first.pruned ? "pruned" : ""} ${inHand ? "here" : ""}"
    role="button"
    tabindex=${entry ? 0 : -1}
    aria-label=${label}
    aria-current=${inHand ? "true" : nothing}
    data-node=${last.node.id}
    @click=${() => explorer.do("go", last.node.id)}
  >
        <rect class="hit" x=${x + 30} y=${y - 10} width=${columnWidth - 34} height="20" rx="2"></rect>
    <text class="name" x=${x + 34} y=${y + 4}>${shown}</text>
    <text class="end value" x=${x + columnWidth - 8} y=${y + 4}>${nodes.length > 1 ? `${nodes.length} tok` : value}</text>
  </g>`;
}

function leafSums({ last, first }: Segment, x: number): TemplateResult {
  const y = headHeight + first.row * lineHeight + lineHeight / 2 + 4;
  const kind = last.inHand ? "hand" : "";
  if (last.logProb === null || last.pruned)
    return svg`<text class="end" x=${x + 78} y=${y}>${last.pruned ? "" : "not known"}</text>`;
  return svg`<text class="end ${kind}" x=${x + 78} y=${y}>${nats(last.logProb)}</text>
    <text class="end ${kind}" x=${x + 138} y=${y}>${percentWords(Math.exp(last.logProb))}</text>`;
}

/** Arrows go through the nodes as they stand on the page, Enter goes there, Delete sets aside or takes back. */
function keys(event: KeyboardEvent, explorer: Explorer): void {
  const group = event.currentTarget as SVGElement;
  const nodes = [...group.querySelectorAll<SVGGElement>("[data-node]")];
  const at = nodes.indexOf(document.activeElement as SVGGElement);
  const here = nodes[at];
  if (!here) return;
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (step !== undefined) nodes[Math.min(nodes.length - 1, Math.max(0, at + step))]?.focus();
  else if (event.key === "Enter" || event.key === " ") explorer.do("go", Number(here.dataset.node));
  else if (event.key === "Delete") togglePruned(explorer, Number(here.dataset.node));
  else return;
  event.preventDefault();
  event.stopPropagation();
}

export function togglePruned(explorer: Explorer, id: number): void {
  const found = explorer.state.tree?.nodes.find((each) => each.id === id);
  if (found) explorer.do("prune", { node: id, pruned: !found.pruned });
}
