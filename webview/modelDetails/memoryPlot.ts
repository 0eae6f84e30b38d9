import type { TemplateResult } from "lit";
import { type ChartLine, lineChart } from "../ui/charts/lineChart";
import { plotView } from "../ui/charts/plotView";
import { count } from "../ui/format";
import type { Memory, MemoryPoint } from "./protocol";
import { bytes, unitOf } from "./units";

/** Memory over context length, contexts doubling to the right. The numbers are in the table below. */
export function memoryPlot(memory: Memory): TemplateResult {
  return plotView((width) => draw(memory, width));
}

function draw({ points, weights, free }: Memory, width: number): TemplateResult | undefined {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || first === last) return undefined;
  const flat = (value: number) => [[first.tokens, value] as const, [last.tokens, value] as const];
  const lines: ChartLine[] = [
    { tone: "b", label: "16-bit cache", points: points.map(({ tokens, f16 }) => [tokens, f16]) },
    { tone: "d", label: "8-bit cache", points: points.map(({ tokens, q8 }) => [tokens, q8]), dashed: true },
    { tone: "e", label: "weights alone", points: flat(weights) },
  ];
  // What is free belongs in the picture only where it is anywhere near.
  const near = free < last.f16 * 2;
  if (near) lines.push({ tone: "a", label: "free now", points: flat(free), dashed: true });
  const most = near ? Math.max(free, last.f16) : last.f16;
  const unit = unitOf(most);
  return lineChart(
    {
      name: `Memory by context length: weights ${bytes(weights)}; with ${count(last.tokens)} tokens ${bytes(last.f16)}, or ${bytes(last.q8)} with an 8-bit cache. The table has every number.`,
      height: 240,
      x: {
        from: first.tokens,
        to: last.tokens,
        label: "tokens of context",
        ticks: spaced(points).map(({ tokens }) => tokens),
        logarithmic: true,
        format: short,
      },
      y: {
        from: 0,
        to: most * 1.05,
        label: unit.name,
        format: (value) => count(Number((value / unit.bytes).toPrecision(3))),
      },
      lines,
      labelRoom: 96,
    },
    width,
  );
}

/** At most six names on the axis, the largest among them. */
function spaced(points: readonly MemoryPoint[]): MemoryPoint[] {
  const step = Math.ceil(points.length / 6);
  return points.filter((_, i) => (points.length - 1 - i) % step === 0);
}

/** "512", "1k", "32k": contexts are powers of two, so k is 1,024. */
function short(tokens: number): string {
  return tokens >= 1024 && tokens % 1024 === 0 ? `${count(tokens / 1024)}k` : count(tokens);
}
