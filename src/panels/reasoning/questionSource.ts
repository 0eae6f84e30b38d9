import { l10n, Uri, workspace } from "vscode";
import type { QuestionsView, Source } from "../../../webview/reasoning/setup";
import { spreadSets } from "../../experiments/problems/sets";
import { generatingQuestions } from "../../experiments/reasoning/generated";
import type { Question } from "../../experiments/reasoning/question";
import { readingQuestions } from "../../experiments/reasoning/readQuestions";
import { reasoning } from "../../experiments/reasoning/reasoning";
import type { QuestionSource, ReasoningSpec } from "../../experiments/reasoning/spec";
import { formatCount } from "../../tokens/format";
import { inSlices } from "../../tokens/slices";
import type { Listed } from "../runs/runFolder";

/** The questions of a setup, where they come from, and what stands in the way. */
export interface Questions {
  readonly list: readonly Question[];
  readonly source: QuestionSource | undefined;
  readonly problem: string | null;
}

export const noQuestions: Questions = { list: [], source: undefined, problem: null };

/** Largest file of questions that is read, bytes. */
const mostBytes = 50_000_000;

/** Finds the questions a source stands for; `shown` is the run that is shown. What stands in the way is the `problem`. */
export async function questionsOf(source: Source, shown: ReasoningSpec | undefined): Promise<Questions> {
  try {
    switch (source.kind) {
      case "generated":
        return await fromGenerator(source);
      case "one":
        return one(source);
      case "file":
        return await fromFile(source);
      case "run":
        if (shown) return { list: shown.questions, source: shown.source, problem: null };
        return { ...noQuestions, problem: l10n.t("There is no run to take questions from.") };
    }
  } catch (error) {
    return { ...noQuestions, problem: error instanceof Error ? error.message : String(error) };
  }
}

export function questionsView({ list, source, problem }: Questions): QuestionsView {
  const [first] = list;
  return {
    count: list.length,
    graded: list.filter(({ answer }) => answer !== undefined).length,
    label: aboutQuestions(list.length, source),
    problem,
    first: first ? { text: first.text, answer: first.answer ?? null } : null,
  };
}

/** "200 questions, generated: fruit prices, bags and gifts; 1 to 6 steps each, seed 1". */
export function aboutQuestions(count: number, source: QuestionSource | undefined): string {
  const questions = count === 1 ? l10n.t("One question") : l10n.t("{0} questions", formatCount(count));
  switch (source?.kind) {
    case "generated": {
      const families = [...new Set(source.sets.map(({ family }) => family))].join(", ");
      const steps = source.sets.flatMap((set) => set.steps ?? []);
      const seeds = [...new Set(source.sets.map(({ seed }) => seed))].join(", ");
      if (steps.length === 0) return l10n.t("{0}, generated: {1}; seed {2}", questions, families, seeds);
      const [from, to] = [Math.min(...steps), Math.max(...steps)];
      return from === to
        ? l10n.t("{0}, generated: {1}; {2} steps each, seed {3}", questions, families, from, seeds)
        : l10n.t("{0}, generated: {1}; {2} to {3} steps each, seed {4}", questions, families, from, to, seeds);
    }
    case "file":
      return l10n.t("{0} of {1}", questions, source.name);
    case "editor":
      return l10n.t("{0}, {1}", questions, source.place);
    case "typed":
    case undefined:
      return questions;
  }
}

/** A short name, for the panel's title and the run's file. */
export function shortName(questions: readonly Question[], source: QuestionSource | undefined): string {
  if (source?.kind === "file") return source.name.replace(/\.[^.]*$/, "");
  if (source?.kind === "generated") {
    const families = [...new Set(source.sets.map(({ family }) => family))];
    return families.length > 2 ? l10n.t("{0} and {1} more", families[0]!, families.length - 1) : families.join(", ");
  }
  const words = (questions[0]?.text ?? "").replace(/\s+/g, " ").trim();
  return words.length > 40 ? `${words.slice(0, 39).trimEnd()}…` : words;
}

async function fromGenerator(given: Extract<Source, { kind: "generated" }>): Promise<Questions> {
  const sets = spreadSets(given);
  const list = (await inSlices(generatingQuestions(sets), new AbortController().signal)) ?? [];
  const source = { kind: "generated", sets } as const;
  if (list.length === 0) {
    return {
      list,
      source,
      problem: l10n.t("None of these families has problems of that many steps. Widen the steps."),
    };
  }
  const fewer = list.length < given.count;
  return {
    list,
    source,
    problem: fewer ? l10n.t("There are only {0} different ones of these.", formatCount(list.length)) : null,
  };
}

function one({ text, answer, from }: Extract<Source, { kind: "one" }>): Questions {
  const source: QuestionSource = from === null ? { kind: "typed" } : { kind: "editor", place: from };
  if (text.trim() === "") {
    return { list: [], source, problem: l10n.t("Write a question, or select one in a file.") };
  }
  const question: Question = { id: "1", text: text.trim(), ...(answer.trim() !== "" && { answer: answer.trim() }) };
  return { list: [question], source, problem: null };
}

async function fromFile({ uri, name, limit }: Extract<Source, { kind: "file" }>): Promise<Questions> {
  const file = Uri.parse(uri);
  const source = { kind: "file", name } as const;
  const { size } = await workspace.fs.stat(file);
  if (size > mostBytes) {
    return {
      list: [],
      source,
      problem: l10n.t("{0} is larger than 50 MB. Cut it into smaller files of questions.", name),
    };
  }
  const text = Buffer.from(await workspace.fs.readFile(file)).toString("utf8");
  const all = (await inSlices(readingQuestions(text, name), new AbortController().signal)) ?? [];
  return { list: limit === null ? all : all.slice(0, limit), source, problem: null };
}

/** How reasoning runs are listed. */
export const listedRuns: Listed<ReasoningSpec> = {
  experiment: reasoning,
  label: ({ questions, source }) => aboutQuestions(questions.length, source),
};
