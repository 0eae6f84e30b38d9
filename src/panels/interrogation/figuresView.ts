import type { ExportOptions, ExportView, Figures, PartView } from "../../../webview/interrogation/figures";
import type { FilesView, HeatView } from "../../../webview/interrogation/review";
import type { RateView } from "../../../webview/runs/rates";
import { makingExamples } from "../../experiments/interrogation/dataSet";
import { findingFigures } from "../../experiments/interrogation/findingWords";
import { type InterrogationReport, judgeOf } from "../../experiments/interrogation/report";
import type { InterrogationSummary, PartSummary } from "../../experiments/interrogation/summary";
import { rateView } from "../runs/rates";

export function figuresView(report: InterrogationReport, summary: InterrogationSummary): Figures {
  const { whole, sections, questions, reviewed, byRule, problem } = summary;
  const { few, knows, doesNotKnow, dropped, provisional } = findingFigures(report, summary);
  const judge = judgeOf(report);
  return {
    whole: partView(whole),
    sections: sections.map(partView),
    knows: [...knows],
    doesNotKnow: [...doesNotKnow],
    reviewed,
    dropped,
    all: questions.length,
    byRule,
    writingProblem: problem ?? null,
    ...(judge && { judge: { pairs: judge.pairs, right: judge.right, believed: judge.usable } }),
    few,
    provisional,
  };
}

function partView({ file, section, questions, answered, right, decisions }: PartSummary): PartView {
  return { file, section, questions, answered, right: rateView(right), ...decisions };
}

/** Every file of the run, asked about or not yet. */
export function filesView({ spec }: InterrogationReport, summary: InterrogationSummary): FilesView {
  const known = new Map(summary.files.map((each) => [each.file, each]));
  const none: RateView = { successes: 0, trials: 0, rate: null, low: 0, high: 1 };
  return [...new Set(spec.snippets.map(({ file }) => file))].map((name) => {
    const part = known.get(name);
    return { name, questions: part?.questions ?? 0, right: part ? rateView(part.right) : none };
  });
}

export function heatView({ heat }: InterrogationSummary, shown: string | undefined): HeatView {
  return heat
    .filter(({ file }) => file === shown)
    .map(({ start, end, line, right, questions }) => ({
      start,
      end,
      line,
      right: rateView(right),
      questions: questions.length,
      first: questions[0]!,
    }));
}

/** What the data set would hold now. */
export function* exportView(report: InterrogationReport, options: ExportOptions): Generator<void, ExportView> {
  const { examples, held } = yield* makingExamples(report, options);
  const validation = examples.filter(({ split }) => split === "validation").length;
  const refusals = examples.filter(({ decision }) => decision.decision === "refuse").length;
  return {
    options,
    train: examples.length - validation,
    validation,
    answers: examples.length - refusals,
    refusals,
    files: new Set(report.spec.snippets.map(({ file }) => file)).size,
    heldOut: held.size,
  };
}
