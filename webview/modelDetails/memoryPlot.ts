import { scaleLinear, scaleLog } from "d3-scale";
import { line } from "d3-shape";
import { svg, type TemplateResult } from "lit";
import { count } from "../ui/format";
import type { Memory, MemoryPoint } from "./protocol";
import { bytes } from "./units";

const width = 480;
const height = 220;
const margin = { top: 12, right: 96, bottom: 36, left: 64 };

/** Memory over context length, contexts doubling to the right. Lines carry their own names; numbers are in the table. */
export function memoryPlot(memory: Memory): TemplateResult {
  const { points, weights, free } = memory;
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return svg``;
  const x = scaleLog()
    .base(2)
    .domain([first.tokens, Math.max(last.tokens, first.tokens + 1)])
    .range([margin.left, width - margin.right]);
  // The machine's free memory belongs in the picture where it is anywhere near.
  const most = free < last.f16 * 2.5 ? Math.max(free, last.f16) : last.f16;
  const y = scaleLinear()
    .domain([0, most])
    .nice(4)
    .range([height - margin.bottom, margin.top]);
  const path = (value: (point: MemoryPoint) => number): string =>
    line<MemoryPoint>(
      (point) => x(point.tokens),
      (point) => y(value(point)),
    )([...points]) ?? "";
  const ends = spread(
    [
      { label: "16-bit cache", bytes: last.f16, kind: "f16" },
      { label: "8-bit cache", bytes: last.q8, kind: "q8" },
      { label: "weights alone", bytes: weights, kind: "weights" },
    ].map((end) => ({ ...end, y: y(end.bytes) })),
  );
  return svg`<svg class="memory-plot" viewBox="0 0 ${width} ${height}" role="img" aria-label=${spoken(memory, last)}>
    ${y.ticks(4).map(
      (tick) => svg`<g class="tick">
        <line x1=${margin.left} x2=${width - margin.right} y1=${y(tick)} y2=${y(tick)}></line>
        <text x=${margin.left - 8} y=${y(tick) + 4} text-anchor="end">${tick === 0 ? "0" : bytes(tick)}</text>
      </g>`,
    )}
    ${shownTicks(points).map(
      ({ tokens }) =>
        svg`<text class="x" x=${x(tokens)} y=${height - margin.bottom + 16} text-anchor="middle">${short(tokens)}</text>`,
    )}
    <text class="x" x=${(margin.left + width - margin.right) / 2} y=${height - 4} text-anchor="middle">tokens of context</text>
    ${
      free <= y.domain()[1]!
        ? svg`<line class="free" x1=${margin.left} x2=${width - margin.right} y1=${y(free)} y2=${y(free)}></line>
            <text class="free-label" x=${width - margin.right} y=${y(free) - 4} text-anchor="end">free now, ${bytes(free)}</text>`
        : ""
    }
    <line class="line weights" x1=${margin.left} x2=${width - margin.right} y1=${y(weights)} y2=${y(weights)}></line>
    <path class="line q8" d=${path(({ q8 }) => q8)}></path>
    <path class="line f16" d=${path(({ f16 }) => f16)}></path>
    ${ends.map(
      ({ label, kind, y: at }) =>
        svg`<text class="end ${kind}" x=${width - margin.right + 6} y=${at + 4}>${label}</text>`,
    )}
  </svg>`;
}

/** Keeps names of lines that end close together apart. Sorted from the top. */
function spread<T extends { readonly y: number }>(ends: readonly T[]): T[] {
  const sorted = [...ends].sort((a, b) => a.y - b.y);
  let lowest = Number.NEGATIVE_INFINITY;
  const placed = sorted.map((end) => {
    lowest = Math.max(end.y, lowest + 14);
    return { ...end, y: lowest };
  });
  const over = Math.max(0, lowest - (height - margin.bottom));
  return placed.map((end, i) => ({ ...end, y: end.y - Math.max(0, over - Math.max(0, i - placed.length + 1)) }));
}

/** At most six names on the axis, the largest among them. */
function shownTicks(points: readonly MemoryPoint[]): MemoryPoint[] {
  const step = Math.ceil(points.length / 6);
  return points.filter((_, i) => (points.length - 1 - i) % step === 0);
}

/** "512", "1k", "32k": contexts are powers of two, so k is 1,024. */
export function short(tokens: number): string {
  return tokens >= 1024 && tokens % 1024 === 0 ? `${count(tokens / 1024)}k` : count(tokens);
}

function spoken({ weights }: Memory, last: MemoryPoint): string {
  return `Memory by context length: weights ${bytes(weights)}; with ${count(last.tokens)} tokens ${bytes(last.f16)}, or ${bytes(last.q8)} with an 8-bit cache. The table has every number.`;
}
