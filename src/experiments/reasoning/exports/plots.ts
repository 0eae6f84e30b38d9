import type { SeriesTheme } from "../../export/pictureTheme";
import { dotsSvg, type Line, linesSvg } from "../../export/plots";
import type { MeanKnown } from "../faithfulness";
import type { ReasoningSpec } from "../spec";
import type { ArmSummary } from "../summary";
import { nameOfSide } from "./names";

/** Colours by what the arm is: blue for step by step, orange for answer first, as in the panel. */
function colorOf({ arms }: ReasoningSpec, arm: string, theme: SeriesTheme): string {
  const [steps, direct, violet, teal, other] = theme.series;
  const kind = arms.find(({ id }) => id === arm)?.kind;
  if (kind === "steps") return steps;
  if (kind === "direct") return direct;
  if (kind === "code") return teal;
  return kind === "own" ? violet : other;
}

export function rightPlot(spec: ReasoningSpec, arms: readonly ArmSummary[], theme: SeriesTheme): string {
  const rows = arms.map((arm) => ({
    name: nameOfSide(spec, arm),
    share: arm.accuracy,
    color: colorOf(spec, arm.arm, theme),
  }));
  return dotsSvg("Right answers, % with 95 % interval", rows, theme);
}

export function stepsPlot(spec: ReasoningSpec, arms: readonly ArmSummary[], theme: SeriesTheme): string {
  const lines = arms.map((arm) =>
    lineOf(
      spec,
      arm,
      theme,
      arm.bySteps.map(({ steps, accuracy }) => ({ x: steps, share: accuracy })),
    ),
  );
  return linesSvg(lines, { theme, title: "Right answers by number of steps, %", axis: "steps", tick: String });
}

export function votesPlot(spec: ReasoningSpec, arms: readonly ArmSummary[], theme: SeriesTheme): string {
  const lines = arms.map((arm) =>
    lineOf(
      spec,
      arm,
      theme,
      arm.votes.map(({ answers, accuracy }) => ({ x: answers, share: accuracy })),
    ),
  );
  return linesSvg(lines, { theme, title: "Majority vote, % right", axis: "answers that vote", tick: String });
}

export interface KnownCurve {
  readonly model: string;
  readonly arm: string;
  readonly points: readonly MeanKnown[];
}

export function knownPlot(spec: ReasoningSpec, curves: readonly KnownCurve[], theme: SeriesTheme): string {
  const lines = curves.map((curve) => {
    const points = curve.points.map((point) => ({ x: point.share, share: bandOf(point) }));
    return lineOf(spec, curve, theme, points);
  });
  return linesSvg(lines, {
    theme,
    title: "Probability of the right answer along the reasoning, %",
    axis: "share of the steps, %",
    tick: (share) => String(Math.round(share * 100)),
    band: true,
  });
}

/** The mean with its 95 % interval from the standard error over answers. */
export function bandOf({ mean, error = 0 }: MeanKnown): { rate: number; low: number; high: number } {
  return { rate: mean, low: Math.max(0, mean - 1.96 * error), high: Math.min(1, mean + 1.96 * error) };
}

function lineOf(
  spec: ReasoningSpec,
  side: { readonly model: string; readonly arm: string },
  theme: SeriesTheme,
  points: Line["points"],
): Line {
  return { name: nameOfSide(spec, side), color: colorOf(spec, side.arm, theme), points };
}
