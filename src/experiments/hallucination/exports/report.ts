import { escapeMarkdown, fenced, markdownTable } from "../../export/markdown";
import { lightTheme, type SeriesTheme } from "../../export/pictureTheme";
import type { MarkdownReport, Written } from "../../export/runExports";
import { count, percent } from "../../reasoning/words";
import { winsWords } from "../bookWords";
import { calibratingReadings } from "../calibration";
import type { ScoreFit } from "../controls";
import { meaningLabel } from "../labels";
import { type HallucinationReport, judgeOf } from "../report";
import { type HallucinationSpec, isCalibration } from "../spec";
import { verdictTitles, verdictWords } from "../verdictWords";
import { capitalized, intervalWords, scoreNumber, scoreValue, scoreWords } from "../words";
import { calibrationTables } from "./calibrationTables";
import { specFile } from "./document";
import { booksOf, type Finding, type Findings, finding } from "./findings";
import { scoresPlot } from "./plots";

/** Questions that are told one by one; of more a table alone. */
const mostInFull = 5;

/**
 * A probe as a page to read or to check in: verdicts with what they rest on, where the scores fall among the controls, the
 * answers by meaning, memory against the page, and the exact spec. `name` begins the names of the files. Yields now and
 * then, for `inSlices`.
 */
export function* writingMarkdown(
  report: HallucinationReport,
  { name, created, by, theme = lightTheme }: Written & { readonly name: string; readonly theme?: SeriesTheme },
): Generator<void, MarkdownReport> {
  const { spec, ended } = report;
  const findings = yield* finding(report);
  const { fits, own } = findings;
  const files: { name: string; text: string }[] = [];
  const plot = (what: string, alternative: string, text: string): string => {
    files.push({ name: `${name}-${what}.svg`, text });
    return `![${alternative}](${encodeURIComponent(`${name}-${what}.svg`)})\n\n`;
  };
  const parts = [`# ${escapeMarkdown(name)}\n\n`];
  if (ended !== "done") parts.push("The run had not come to its end: figures are of what was there.\n\n");
  if (isCalibration(spec))
    parts.push(
      "## How far to trust each score\n\n",
      calibrationTables(yield* calibratingReadings(findings.readings)),
      "\n",
    );
  if (own.length > 1) parts.push("## Verdicts\n\n", verdictTable(own), "\n");
  if (own.length <= mostInFull) for (const each of own) parts.push(inFull(report, each));
  if (fits.length > 0) {
    const [only] = own;
    const marked = own.length === 1 ? only!.reading : undefined;
    parts.push(
      "## Where the scores fall\n\n",
      plot("scores", "Scores of known and invented controls", scoresPlot(fits, marked, theme)),
    );
    parts.push(fitsTable(fits, own.length === 1 ? only : undefined), "\n");
  }
  parts.push(failures(report), settings(report, findings, { created, by }, name));
  files.push({ name: `${name}-spec.json`, text: specFile(report) });
  return { markdown: `${parts.join("").trimEnd()}\n`, files };
}

/** A calibration's tables, or the verdicts of all questions; undefined before any was answered. For `inSlices`. */
export function* writingProbeTable(report: HallucinationReport): Generator<void, string | undefined> {
  const { own, readings } = yield* finding(report);
  if (isCalibration(report.spec)) return calibrationTables(yield* calibratingReadings(readings));
  return own.length > 0 ? verdictTable(own) : undefined;
}

function verdictTable(own: readonly Finding[]): string {
  const rows = own.map(({ reading: { cell, clusters, greedy, scores }, verdict, interval }) => [
    cell.of.text,
    verdictTitles[verdict.verdict],
    verdict.confidence === "wellSupported" ? "well supported" : (verdict.confidence ?? ""),
    scores.semanticEntropy === undefined ? "" : `${scores.semanticEntropy.toFixed(2)} ${intervalWords(interval)}`,
    String(clusters.length),
    greedy?.event.text.trim() ?? "",
  ]);
  const heads = ["Question", "verdict", "support", "semantic entropy, bits", "meanings", "greedy answer"];
  return markdownTable(heads, rows, (column) => column === 3 || column === 4);
}

/** One question: its verdict, its answers by meaning, and what memory and page came to. */
function inFull(report: HallucinationReport, found: Finding): string {
  const { reading, verdict, interval } = found;
  const { cell, clusters, answers, greedy } = reading;
  const { title, seen, support } = verdictWords(verdict, reading, interval);
  const meanings = clusters.map(({ answers: numbers, example, refused }) => [
    meaningLabel({ example, refused }, cell.of.entity),
    `${numbers.length} of ${answers.length}`,
    example,
  ]);
  const books = booksOf(report, found).map(({ kind, page, counts, reading: { greedy: said } }) => [
    `${capitalized(kind)} book`,
    page,
    winsWords(kind, counts),
    said?.event.text.trim() ?? "",
  ]);
  return [
    `## ${escapeMarkdown(cell.of.text)}\n\n`,
    `**${escapeMarkdown(title)}.** ${escapeMarkdown(seen)}\n\n`,
    support === "" ? "" : `${escapeMarkdown(support)}\n\n`,
    greedy ? `Greedy answer:\n\n${fenced(greedy.event.text.trim())}\n` : "",
    `${markdownTable(["Meaning", "answers", "for example"], meanings, (column) => column === 1)}\n`,
    books.length === 0
      ? ""
      : `${markdownTable(["Asked with", "page", "what wins", "greedy answer"], books, () => false)}\n`,
  ].join("");
}

function fitsTable(fits: readonly ScoreFit[], only: Finding | undefined): string {
  const heads = [
    "Score",
    "known, median",
    "invented, median",
    "AUROC, 95 %",
    "controls",
    "used",
    ...(only ? ["here"] : []),
  ];
  const rows = fits.map((fit) => {
    const { name, area, known, invented, usable } = fit;
    const own = only?.verdict.evidence.find((each) => each.fit.name === name);
    return [
      capitalized(scoreWords[name]),
      scoreNumber(name, fit.knownMedian),
      scoreNumber(name, fit.inventedMedian),
      `${area.area.toFixed(2)} ${intervalWords(area, 2)}`,
      `${known.length} and ${invented.length}`,
      usable ? "yes" : "no",
      ...(only ? [own ? scoreValue(name, own.value) : ""] : []),
    ];
  });
  const note =
    "Controls are the same question about well-known and about invented names. AUROC is how well a score tells invented from known, with Newcombe’s 95 % interval; under 0.70 it is not used. The verdict’s threshold lies midway between the controls’ medians.\n";
  return `${markdownTable(heads, rows)}\n${note}`;
}

function failures({ cells }: HallucinationReport): string {
  const rows = [...cells.values()].flatMap(({ of, book, failure }) =>
    failure === undefined ? [] : [[of.text, book, failure]],
  );
  return rows.length === 0 ? "" : `## Not asked\n\n${markdownTable(["Question", "book", "why"], rows, () => false)}\n`;
}

function settings(report: HallucinationReport, { readings }: Findings, { created, by }: Written, name: string): string {
  const { spec, models } = report;
  const { samples, sampler, seed, system, maxTokens, controlSeed } = spec;
  const quality = judgeOf(report);
  const rows = [
    ...models.map(({ role, model }) => [
      role === "probed" ? "model" : "judge",
      `${model.name} (${model.id}), ${model.build}${model.fingerprint ? `, SHA-256 ${model.fingerprint}` : ""}`,
    ]),
    ...(spec.judge === null ? [["judge", "none: words alone say which answers mean the same"]] : []),
    ...(quality
      ? [
          [
            "judge on pairs whose relation is known",
            `${quality.right} of ${quality.pairs} right; ${quality.usable ? "believed" : "not believed: words alone say which answers mean the same"}`,
          ],
        ]
      : []),
    ["questions", `${count(spec.items.length)}${groups(spec)}`],
    [
      "answers to each",
      `${count(samples)} at temperature ${sampler.temperature}, and a greedy one; at most ${count(maxTokens)} tokens`,
    ],
    ["seed", controlSeed === undefined ? String(seed) : `${seed}; of the invented names ${controlSeed}`],
    ...(system ? [["system message", system]] : []),
    ["refusals", refusalWords(readings)],
    ["run", `${created}, ${by}`],
  ];
  const wording = spec.chat ? spec.closed.chat : spec.closed.document;
  const again = `The exact spec is in [${escapeMarkdown(name)}-spec.json](${encodeURIComponent(`${name}-spec.json`)}).\n`;
  return `## What was asked\n\n${markdownTable(["", ""], rows, () => false)}\n${fenced(wording)}\n${again}`;
}

function groups({ items }: HallucinationSpec): string {
  const of = (group: string): number => items.filter((item) => item.group === group).length;
  return `: ${count(of("asked"))} asked, ${count(of("known"))} about known and ${count(of("invented"))} about invented names`;
}

function refusalWords(readings: Findings["readings"]): string {
  const answers = readings.flatMap(({ scores }) => (scores.refusals.trials > 0 ? [scores.refusals] : []));
  const sum = (of: "successes" | "trials"): number => answers.reduce((total, each) => total + each[of], 0);
  const [some, all] = [sum("successes"), sum("trials")];
  return all === 0 ? "none" : `${count(some)} of ${count(all)} sampled answers, ${percent(some / all)}`;
}
