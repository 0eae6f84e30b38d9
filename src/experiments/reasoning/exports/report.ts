import { drained } from "../../drained";
import { escapeMarkdown, markdownTable } from "../../export/markdown";
import { lightTheme, type SeriesTheme } from "../../export/pictureTheme";
import type { MarkdownReport, Written } from "../../export/runExports";
import { armName } from "../arms";
import { faithfulness, meanKnown } from "../faithfulness";
import { findingOf } from "../finding";
import { findingWords } from "../findingWords";
import { lostWords } from "../lostWords";
import { knownByArm, type ReasoningReport } from "../report";
import type { ReasoningSpec } from "../spec";
import { type ArmSummary, type ReasoningSummary, summarising } from "../summary";
import { count, percent, percents, plural, pointsWords, pWords, rated } from "../words";
import { specFile } from "./document";
import { nameOfSide } from "./names";
import { bandOf, type KnownCurve, knownPlot, rightPlot, stepsPlot, votesPlot } from "./plots";
import { writingSetsTable } from "./setsTable";
import { settings } from "./settings";

export interface ReportOptions extends Written {
  readonly name: string;
  readonly theme?: SeriesTheme;
}

/**
 * A run as a page to read or to check in: the finding, tables with every number of the plots, plots as SVG files beside it,
 * and the exact spec, which `promptscope run` takes. `name` begins the names of the files: "fruit-prices".
 */
export function markdownReport(report: ReasoningReport, options: ReportOptions): MarkdownReport {
  return drained(writingReport(report, options));
}

/** As `markdownReport`. Yields now and then, for `inSlices`. */
export function* writingReport(
  report: ReasoningReport,
  { name, created, by, theme = lightTheme }: ReportOptions,
): Generator<void, MarkdownReport> {
  const { spec } = report;
  const summary = yield* summarising(report);
  const arms = summary.arms.filter(({ answers }) => answers > 0);
  const files: { name: string; text: string }[] = [];
  const plot = (what: string, alternative: string, text: string): string => {
    files.push({ name: `${name}-${what}.svg`, text });
    return `![${alternative}](${encodeURIComponent(`${name}-${what}.svg`)})\n\n`;
  };
  const parts = [`# ${escapeMarkdown(name)}\n\n`, findings(report, summary)];
  const graded = arms.filter(({ questions }) => questions > 0);
  if (graded.length > 0) {
    parts.push("## Right answers\n\n", plot("right", "Right answers by arm", rightPlot(spec, graded, theme)));
  }
  parts.push(rightTable(report, summary, arms), "\n");
  const difficult = graded.filter(({ bySteps }) => bySteps.length > 1);
  if (difficult.length > 0) {
    parts.push("## By number of steps\n\n", plot("steps", "Right answers by steps", stepsPlot(spec, difficult, theme)));
    parts.push(stepsTable(spec, difficult), "\n");
  }
  for (const model of spec.models) {
    const table = yield* writingSetsTable(report, model);
    const who = spec.models.length > 1 ? `, ${escapeMarkdown(model)}` : "";
    if (table !== undefined) parts.push(`## By family and difficulty${who}\n\n`, table, "\n");
  }
  const voting = graded.filter(({ votes }) => votes.length > 1);
  if (voting.length > 0) {
    parts.push("## Majority vote\n\n", plot("votes", "Majority vote by answers", votesPlot(spec, voting, theme)));
    parts.push(votesTable(spec, voting), "\n");
    if (spec.grader.kind === "meaning") {
      parts.push(
        "Answers that do not mean the reference vote together against it: at least so many votes are right.\n\n",
      );
    }
  }
  const curves = curvesOf(report);
  if (curves.length > 0) {
    parts.push(
      "## When does it know?\n\n",
      plot("known", "Probability of the right answer", knownPlot(spec, curves, theme)),
    );
    parts.push(knownTable(spec, curves), "\n");
  }
  parts.push(faithfulnessWords(report), failures(report), settings(report, { created, by }, name));
  files.push({ name: `${name}-spec.json`, text: specFile(report) });
  return { markdown: `${parts.join("").trimEnd()}\n`, files };
}

function findings(report: ReasoningReport, summary: ReasoningSummary): string {
  const { spec, ended } = report;
  const nameOf = (id: string): string => armName(spec.arms, id);
  const sentences = spec.models.map((model) => {
    const finding = findingOf(report, summary, model);
    const { key, rest } = findingWords(finding, spec);
    const who = spec.models.length > 1 ? `${escapeMarkdown(model)}: ` : "";
    const lost = "comparison" in finding ? lostWords([finding.first, finding.second], nameOf) : undefined;
    return `${who}**${escapeMarkdown(key)}** ${escapeMarkdown(rest)}\n\n${lost === undefined ? "" : `${escapeMarkdown(lost)}\n\n`}`;
  });
  const partly = ended === "done" ? "" : "The run had not come to its end: figures are of what was there.\n\n";
  return sentences.join("") + partly;
}

function rightTable(report: ReasoningReport, { comparisons }: ReasoningSummary, arms: readonly ArmSummary[]): string {
  const { spec } = report;
  const heads = [
    "Arm",
    "right",
    "95 %",
    "difference",
    "p (Holm)",
    "questions",
    "tokens each",
    "right per 1,000 tokens",
    "cut off",
    "unparsed",
    "refused",
  ];
  const rows = arms.map((arm) => {
    const against = comparisons.find(({ second }) => second.model === arm.model && second.arm === arm.arm);
    const { rate } = arm.accuracy;
    return [
      nameOfSide(spec, arm),
      Number.isNaN(rate) ? "–" : percent(rate),
      Number.isNaN(rate) ? "–" : percents(arm.accuracy),
      against ? pointsWords(against.difference) : "",
      against ? pWords(against.p) : "",
      count(arm.questions),
      (arm.tokens / arm.answers).toFixed(1),
      Number.isNaN(rate) ? "–" : arm.rightPerThousandTokens.toFixed(1),
      count(arm.truncated),
      count(arm.unparsed),
      count(arm.refused),
    ];
  });
  const first = spec.arms[0]?.name;
  const note = `Accuracy with questions as the unit, Wilson 95 % interval; differences against “${escapeMarkdown(first ?? "")}” on the same questions with a paired interval, p of the exact McNemar test after Holm's correction. Unparsed and refused answers count as wrong, cut-off ones by what they hold; questions that could not be asked are left out.\n`;
  return `${markdownTable(heads, rows)}\n${note}`;
}

/** A row for each number of steps: there may be dozens. */
function stepsTable(spec: ReasoningSpec, arms: readonly ArmSummary[]): string {
  const steps = [...new Set(arms.flatMap(({ bySteps }) => bySteps.map((each) => each.steps)))].sort((a, b) => a - b);
  const rows = steps.map((each) => {
    const cells = arms.map(({ bySteps }) => bySteps.find((cell) => cell.steps === each)?.accuracy);
    const questions = Math.max(...cells.map((cell) => cell?.trials ?? 0));
    return [count(each), count(questions), ...cells.map((cell) => (cell ? rated(cell) : ""))];
  });
  return markdownTable(["Steps", "questions", ...arms.map((arm) => nameOfSide(spec, arm))], rows);
}

function votesTable(spec: ReasoningSpec, arms: readonly ArmSummary[]): string {
  const most = Math.max(...arms.map(({ votes }) => votes.length));
  const places = Array.from({ length: most }, (_, index) => index);
  const rows = arms.map((arm) => [
    nameOfSide(spec, arm),
    ...places.map((place) => (arm.votes[place] ? rated(arm.votes[place].accuracy) : "")),
  ]);
  return markdownTable(["Votes", ...places.map((place) => String(place + 1))], rows);
}

function curvesOf(report: ReasoningReport): KnownCurve[] {
  return knownByArm(report).flatMap(({ model, arm, curves }) => {
    const along = curves.filter((points) => points.length > 1);
    return along.length > 0 ? [{ model, arm, points: meanKnown(along) }] : [];
  });
}

function knownTable(spec: ReasoningSpec, curves: readonly KnownCurve[]): string {
  const heads = ["Share of the steps", ...curves[0]!.points.map(({ share }) => `${Math.round(share * 100)} %`)];
  const rows = curves.map((curve) => [
    `${nameOfSide(spec, curve)}, ${plural(curve.points[0]!.curves, "answer")}`,
    ...curve.points.map((point) => (point.error === undefined ? percent(point.mean) : rated(bandOf(point)))),
  ]);
  return `${markdownTable(heads, rows)}\nMean probability of the right answer, forced out after that share of the steps; intervals over answers.\n`;
}

function faithfulnessWords(report: ReasoningReport): string {
  const { mistakes, early, cut } = faithfulness(report);
  const lines = [
    ...(mistakes.trials > 0 ? [`- The answer follows a planted mistake: ${of(mistakes)}.`] : []),
    ...(early.trials > 0 ? [`- The right answer is ahead before the last step: ${of(early)}.`] : []),
    ...cut.map(
      ({ share, changed }) => `- Cut after ${percent(share)} of the steps, the answer is another: ${of(changed)}.`,
    ),
  ];
  return lines.length === 0 ? "" : `## Faithfulness\n\n${lines.join("\n")}\n\n`;
}

function of(rate: { successes: number; trials: number; rate: number; low: number; high: number }): string {
  return `${count(rate.successes)} of ${count(rate.trials)}, ${rated(rate)}`;
}

function failures({ failures: all }: ReasoningReport): string {
  if (all.length === 0) return "";
  const rows = all.map(({ question, arm, model, message }) => [question, arm, model, message]);
  return `## Not asked\n\n${markdownTable(["Question", "arm", "model", "why"], rows, () => false)}\n`;
}
