import { seededRandom } from "../../inference/random";
import { drained } from "../drained";
import { escapeMarkdown, markdownTable } from "../export/markdown";
import { saysWords } from "../judging/words";
import { refusalFor } from "./refusal";
import { type Asked, type Decision, decide, type InterrogationReport, judgeOf, markOf } from "./report";
import { type AnswerEvent, filesOf } from "./spec";
import { surprisalOf } from "./surprisal";

/** One training example with where it comes from. */
export interface Example {
  readonly split: "train" | "validation";
  readonly messages: readonly [
    { readonly role: "user"; readonly content: string },
    { readonly role: "assistant"; readonly content: string },
  ];
  readonly asked: Asked;
  readonly decision: Decision;
}

export interface DataSetOptions {
  /** Share of files kept for validation; with a single file there is none. */
  readonly validation: number;
  /** Draws the files; the run's own seed by default. */
  readonly seed?: number;
  /** Only questions that a person accepted. */
  readonly onlyAccepted: boolean;
}

/** All files a data set may have; without a split there are none for validation. */
export const dataSetFiles: readonly string[] = [
  "README.md",
  "train.jsonl",
  "train.provenance.jsonl",
  "validation.jsonl",
  "validation.provenance.jsonl",
];

/** The files of an "I don't know" data set, by name. */
export interface DataSet {
  readonly examples: readonly Example[];
  readonly files: ReadonlyMap<string, string>;
}

/**
 * The data set of a run: chat JSON Lines as fine-tuning tools take them, split by source file so that no file is on both
 * sides; for every line a line of provenance with its snippet, answers and marks; and a data card. Questions that were left
 * out or dropped are in none of them.
 */
export function dataSet(report: InterrogationReport, options: DataSetOptions): DataSet {
  const { held, examples } = drained(makingExamples(report, options));
  const files = new Map<string, string>();
  for (const split of ["train", "validation"] as const) {
    const some = examples.filter((example) => example.split === split);
    if (some.length === 0 && split === "validation") continue;
    files.set(`${split}.jsonl`, lines(some.map(({ messages }) => ({ messages }))));
    files.set(`${split}.provenance.jsonl`, lines(some.map((example, index) => provenance(report, example, index + 1))));
  }
  files.set("README.md", dataCard(report, examples, { held: held.size, seed: options.seed ?? report.spec.seed }));
  return { examples, files };
}

/** The examples alone, and the files that are held out for validation. */
export interface Examples {
  readonly examples: readonly Example[];
  readonly held: ReadonlySet<string>;
}

/** Makes them, with a pause after each question. */
export function* makingExamples(
  report: InterrogationReport,
  { validation, seed = report.spec.seed, onlyAccepted }: DataSetOptions,
): Generator<void, Examples> {
  const held = heldFiles(report, validation, seed);
  const examples: Example[] = [];
  for (const asked of report.questions) {
    yield;
    if (asked.reviewed === "dropped" || (onlyAccepted && asked.reviewed !== "accepted")) continue;
    const decision = decide(report.spec, asked);
    const content = answerFor(asked, decision);
    if (content === undefined) continue;
    const split = held.has(asked.snippet.file) ? "validation" : "train";
    const messages = [
      { role: "user", content: asked.text },
      { role: "assistant", content },
    ] as const;
    examples.push({ split, messages, asked, decision });
  }
  return { examples, held };
}

/** The model's own first right answer that is whole, or a refusal; undefined for what is left out. */
export function answerFor(asked: Asked, { decision }: Decision): string | undefined {
  if (decision === "leaveOut") return undefined;
  if (decision === "refuse") return refusalFor(asked.text);
  const right = [...asked.answers.values()]
    .sort((a, b) => a.sample - b.sample)
    .filter(({ sample }) => markOf(asked, sample) === "right");
  return right.find(({ cut }) => !cut)?.text.trim() ?? right.map((each) => beforeCut(asked, each)).find(Boolean);
}

/** The whole sentences of an answer that was cut off, where these still say what is right: half a sentence teaches nothing. */
function beforeCut({ answer }: Asked, { text }: AnswerEvent): string | undefined {
  const whole = /^.*[.!?](?=\s)/s.exec(text)?.[0].trim();
  return whole !== undefined && saysWords(whole, answer) ? whole : undefined;
}

/** Files that are kept for validation: drawn with the seed, never all of them. */
function heldFiles({ spec }: InterrogationReport, share: number, seed: number): Set<string> {
  const files = filesOf(spec).sort();
  if (files.length < 2 || share <= 0) return new Set();
  const random = seededRandom(seed);
  const order = files.map((file) => ({ file, at: random() })).sort((a, b) => a.at - b.at);
  const count = Math.min(files.length - 1, Math.max(1, Math.round(files.length * share)));
  return new Set(order.slice(0, count).map(({ file }) => file));
}

function lines(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

function provenance(report: InterrogationReport, { asked, decision }: Example, line: number): object {
  const { snippet, answers, id, answer, start, end, by, fixed, reviewed } = asked;
  return {
    line,
    question: id,
    by,
    fixed,
    reviewed: reviewed ?? null,
    decision: decision.decision,
    reference: answer,
    file: snippet.file,
    start,
    end,
    section: snippet.section,
    snippet: snippet.text,
    model: report.models.find(({ role }) => role === "probed")?.model.name ?? report.spec.probed,
    answers: [...answers.values()]
      .sort((a, b) => a.sample - b.sample)
      .map((each) => ({
        text: each.text,
        seed: each.seed,
        mark: markOf(asked, each.sample) ?? null,
        corrected: asked.corrections.has(each.sample),
        /** Nats a token. */
        surprisal: surprisalOf(each) ?? null,
      })),
  };
}

function dataCard(
  report: InterrogationReport,
  examples: readonly Example[],
  split: { readonly held: number; readonly seed: number },
): string {
  const { spec } = report;
  const nameOf = (role: "probed" | "writer" | "judge", id: string | null, otherwise: string): string => {
    const model = report.models.find((each) => each.role === role)?.model;
    return id === null ? otherwise : escapeMarkdown(model ? `${model.name} (${model.build})` : id);
  };
  const files = filesOf(spec);
  const all = [...report.questions];
  const rows = files.map((file) => {
    const own = examples.filter(({ asked }) => asked.snippet.file === file);
    const of = (decision: string): string => String(own.filter((each) => each.decision.decision === decision).length);
    const asked = all.filter(({ snippet }) => snippet.file === file).length;
    return [file, own[0]?.split ?? "none", String(asked), of("keep"), of("refuse")];
  });
  const accepted = examples.filter(({ asked }) => asked.reviewed === "accepted").length;
  return [
    "# “I don’t know” data set\n",
    `Made by asking a model, without the text, ${spec.samples} times each, what a text says [the way of Llama 3, arXiv 2407.21783, section 4.3.6]. Consistently right answers (${percent(spec.consistent)} and over) stay in the model’s own words; consistently wrong ones become refusals; everything else was left out.\n`,
    `- Asked: ${nameOf("probed", spec.probed, "")}, temperature ${spec.sampler.temperature}, seed ${spec.seed}`,
    `- Questions by: ${nameOf("writer", spec.writer, "rules, from the text’s own sentences")}`,
    `- Marked by: words; where these do not say, ${markedBy(report, nameOf("judge", spec.judge, wordsAlone))}`,
    `- Examples: ${examples.length} of ${all.length} questions; ${accepted} accepted by a person, the others not looked at by anybody`,
    `- Split: ${split.held > 0 ? `by file, ${split.held} of ${files.length} for validation, drawn with seed ${split.seed}` : "one file or none held out, so no validation split"}\n`,
    markdownTable(["file", "split", "questions", "answers kept", "refusals"], rows, (column) => column > 1),
    "Each line of `train.jsonl` and `validation.jsonl` has its line in the file of provenance beside it: snippet, answers, seeds and marks.\n",
    "Answers that were cut off at the limit of their tokens are taken up to their last whole sentence, where that says what is right, and else left out.\n",
    "The texts’ own licences hold for what was taken from them. The data teach one model to say what it does not know; another model knows other things.\n",
  ].join("\n");
}

const wordsAlone = "an answer without the reference’s words counts as wrong";

function markedBy(report: InterrogationReport, judge: string): string {
  const quality = judgeOf(report);
  if (!quality || quality.usable) return judge;
  return `${wordsAlone}: ${judge} told only ${quality.right} of ${quality.pairs} known pairs of answers and was not believed`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
