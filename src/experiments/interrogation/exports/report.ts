import { escapeMarkdown, markdownTable } from "../../export/markdown";
import type { MarkdownReport, Written } from "../../export/runExports";
import { count, rated } from "../../reasoning/words";
import { decisionNames, findingFigures, findingOf, notJudged } from "../findingWords";
import { type InterrogationReport, judgeOf } from "../report";
import { filesOf } from "../spec";
import { type DecidedQuestion, lineOf, type PartSummary, summarising } from "../summary";
import { surprisalOf } from "../surprisal";

/**
 * An interrogation as a page to read or to check in: the finding, what is known of each section, every question with what
 * became of it, and how it was asked. No files lie beside it. Yields now and then, for `inSlices`.
 */
export function* writingMarkdown(
  report: InterrogationReport,
  { name, created, by }: Written & { readonly name: string },
): Generator<void, MarkdownReport> {
  const summary = yield* summarising(report);
  const figures = findingFigures(report, summary);
  const { key, rest } = findingOf(figures, filesOf(report.spec).length);
  const left = notJudged(figures);
  const rows: string[][] = [];
  for (const each of summary.questions) {
    if (each.asked.reviewed !== "dropped") rows.push(questionRow(each));
    yield;
  }
  const heads = ["Place", "question", "the text says", "right", "nats a token", "becomes", "first answer"];
  const parts = [
    `# ${escapeMarkdown(name)}\n`,
    `**${escapeMarkdown(key)}** ${escapeMarkdown(rest)}\n`,
    ...(left === "" ? [] : [`${left}\n`]),
    `## By section\n\n${sectionsTable([...summary.sections, summary.whole])}`,
    `## Questions\n\n${markdownTable(heads, rows, (column) => column === 3 || column === 4)}\nNats a token are the mean surprisal of all answers to a question; without log-probabilities there are none.\n`,
    settings(report, { created, by }),
  ];
  return { markdown: parts.join("\n"), files: [] };
}

/** What is known of each section, and of all. */
export function* writingSections(report: InterrogationReport): Generator<void, string> {
  const { sections, whole } = yield* summarising(report);
  return sectionsTable([...sections, whole]);
}

/** Parts of texts with the answers that were right, and what becomes of their questions; the whole has no file. */
export function sectionsTable(parts: readonly PartSummary[]): string {
  const rows = parts.map(({ file, section, questions, right, decisions: each }) => [
    file || "all",
    section,
    count(questions),
    Number.isNaN(right.rate) ? "not graded" : rated(right),
    count(each.keep),
    count(each.refuse),
    count(each.leaveOut),
  ]);
  return markdownTable(
    ["file", "section", "questions", "right, closed book", "keep", "teach “I don’t know”", "leave out"],
    rows,
    (column) => column > 1,
  );
}

function questionRow({ asked, decision: { decision, counts } }: DecidedQuestion): string[] {
  const { snippet, text, answer, answers, failure } = asked;
  const known = [...answers.values()].flatMap((each) => surprisalOf(each) ?? []);
  const mean = known.reduce((sum, each) => sum + each, 0) / known.length;
  const first = [...answers.values()].find(({ sample }) => sample === 0)?.text.trim();
  return [
    `${snippet.file}:${lineOf(asked)}`,
    text,
    answer,
    `${counts.right} of ${counts.right + counts.wrong + counts.uninformative}`,
    known.length > 0 ? mean.toFixed(2) : "",
    decisionNames[decision],
    first ?? (failure === undefined ? "" : `could not be asked: ${failure}`),
  ];
}

function settings(report: InterrogationReport, { created, by }: Written): string {
  const { spec, models } = report;
  const quality = judgeOf(report);
  const roles = { probed: "model", writer: "writer", judge: "judge" } as const;
  const rows = [
    ...models.map(({ role, model }) => [
      roles[role],
      `${model.name} (${model.id}), ${model.build}${model.fingerprint ? `, SHA-256 ${model.fingerprint}` : ""}`,
    ]),
    ...(spec.writer === null ? [["writer", "none: rules, from the text’s own sentences"]] : []),
    ...(spec.judge === null ? [["judge", "none: words alone mark the answers"]] : []),
    ...(quality
      ? [
          [
            "judge on pairs whose relation is known",
            `${quality.right} of ${quality.pairs} right; ${quality.usable ? "believed" : "not believed: words alone mark the answers"}`,
          ],
        ]
      : []),
    ["snippets", count(spec.snippets.length)],
    [
      "answers to each question",
      `${count(spec.samples)} at temperature ${spec.sampler.temperature}; at most ${count(spec.maxTokens)} tokens`,
    ],
    ["consistent from", `${Math.round(spec.consistent * 100)} %`],
    ["seed", String(spec.seed)],
    ["run", `${created}, ${by}`],
  ];
  return `## What was asked\n\n${markdownTable(["", ""], rows, () => false)}`;
}
