import type {
  ArmFigures,
  ComparisonView,
  Figures,
  FindingView,
  MeanKnownView,
} from "../../../webview/reasoning/figures";
import { faithfulness, meanKnown } from "../../experiments/reasoning/faithfulness";
import { findingOf } from "../../experiments/reasoning/finding";
import { knownByArm, type ReasoningReport } from "../../experiments/reasoning/report";
import type { ArmSummary, Comparison, ReasoningSummary } from "../../experiments/reasoning/summary";
import { differenceView, finite, rateView } from "../runs/rates";

/** The figures as the panel is sent them. `provisional`: the run is not at its end. */
export function figuresView(report: ReasoningReport, summary: ReasoningSummary, provisional: boolean): Figures {
  const failures = new Map<string, Set<string>>();
  for (const { model, arm, question } of report.failures) {
    const key = JSON.stringify([model, arm]);
    failures.set(key, (failures.get(key) ?? new Set()).add(question));
  }
  const answered = new Set(report.answers.length > 0 ? summary.arms.filter((arm) => arm.answers > 0) : []);
  const { mistakes, early, cut } = faithfulness(report);
  return {
    arms: summary.arms.map((arm) => armView(arm, failures.get(JSON.stringify([arm.model, arm.arm]))?.size ?? 0)),
    comparisons: summary.comparisons.map(comparisonView),
    findings: report.spec.models
      .filter((model) => [...answered].some((arm) => arm.model === model))
      .map((model) => findingView(report, summary, model)),
    known: meanCurves(report),
    faithfulness:
      mistakes.trials + early.trials > 0
        ? {
            mistakes: rateView(mistakes),
            early: rateView(early),
            cut: cut.map(({ share, changed }) => ({ share, changed: rateView(changed) })),
          }
        : null,
    provisional,
  };
}

function armView({ accuracy, bySteps, votes, rightPerThousandTokens, ...arm }: ArmSummary, failed: number): ArmFigures {
  return {
    ...arm,
    accuracy: rateView(accuracy),
    rightPerThousandTokens: finite(rightPerThousandTokens),
    bySteps: bySteps.map(({ steps, accuracy: rate }) => ({ steps, accuracy: rateView(rate) })),
    votes: votes.map(({ answers, accuracy: rate }) => ({ answers, accuracy: rateView(rate) })),
    failed,
  };
}

function comparisonView({ first, second, shared, difference, counts, p, needed }: Comparison): ComparisonView {
  return { first, second, shared, difference: differenceView(difference), counts, p, needed: finite(needed) };
}

function findingView(report: ReasoningReport, summary: ReasoningSummary, model: string): FindingView {
  const finding = findingOf(report, summary, model);
  return { model, kind: finding.kind, comparison: "comparison" in finding ? comparisonView(finding.comparison) : null };
}

/** Mean curves of each arm whose transcripts were looked into. */
function meanCurves(report: ReasoningReport): MeanKnownView[] {
  return knownByArm(report).map(({ model, arm, curves }) => {
    const points = meanKnown(curves);
    return { model, arm, points: points.map((point) => ({ ...point, error: point.error ?? null })) };
  });
}
