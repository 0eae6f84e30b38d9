import { l10n, Uri, workspace } from "vscode";
import type { GeneratedSource, QuestionsView, Source } from "../../../webview/reasoning/setup";
import { spreadSets } from "../../experiments/problems/sets";
import { generatedQuestions } from "../../experiments/reasoning/generated";
import type { Question } from "../../experiments/reasoning/question";
import { readQuestions } from "../../experiments/reasoning/readQuestions";
import { formatCount } from "../../tokens/format";

/** The questions of a setup, what they are in words, and what stands in the way. */
export interface Questions {
  readonly list: readonly Question[];
  readonly about: string;
  readonly problem: string | null;
}

export const noQuestions: Questions = { list: [], about: "", problem: null };

/** Largest file of questions that is read, bytes. */
const mostBytes = 50_000_000;

/** Finds the questions a source stands for; `own` are those of the run that is shown. Never rejects. */
export async function questionsOf(source: Source, own: Questions): Promise<Questions> {
  try {
    switch (source.kind) {
      case "generated":
        return fromGenerator(source);
      case "one":
        return one(source);
      case "file":
        return await fromFile(source);
      case "run":
        return own.list.length > 0
          ? own
          : { ...noQuestions, problem: l10n.t("There is no run to take questions from.") };
    }
  } catch (error) {
    return { ...noQuestions, problem: error instanceof Error ? error.message : String(error) };
  }
}

export function questionsView({ list, about, problem }: Questions): QuestionsView {
  const [first] = list;
  return {
    count: list.length,
    graded: list.filter(({ answer }) => answer !== undefined).length,
    label: about,
    problem,
    first: first ? { text: first.text, answer: first.answer ?? null } : null,
  };
}

function fromGenerator(source: GeneratedSource): Questions {
  const list = generatedQuestions(spreadSets(source));
  const { from, to } = source.steps;
  const steps = from === to ? l10n.t("{0} steps each", from) : l10n.t("{0} to {1} steps each", from, to);
  const families = source.families.join(", ");
  const about = l10n.t(
    "{0} questions, generated: {1}; {2}, seed {3}",
    formatCount(list.length),
    families,
    steps,
    source.seed,
  );
  if (list.length === 0) {
    return { list, about, problem: l10n.t("None of these families has problems of that many steps. Widen the steps.") };
  }
  const fewer = list.length < source.count;
  return {
    list,
    about,
    problem: fewer ? l10n.t("There are only {0} different ones of these.", formatCount(list.length)) : null,
  };
}

function one({ text, answer, from }: Extract<Source, { kind: "one" }>): Questions {
  const about = from === null ? l10n.t("One question") : l10n.t("One question, {0}", from);
  if (text.trim() === "") return { list: [], about, problem: l10n.t("Write a question, or select one in a file.") };
  const question: Question = { id: "1", text: text.trim(), ...(answer.trim() !== "" && { answer: answer.trim() }) };
  return { list: [question], about, problem: null };
}

async function fromFile({ uri, name, limit }: Extract<Source, { kind: "file" }>): Promise<Questions> {
  const file = Uri.parse(uri);
  const { size } = await workspace.fs.stat(file);
  if (size > mostBytes) {
    const message = l10n.t("{0} is larger than 50 MB. Cut it into smaller files of questions.", name);
    return { ...noQuestions, about: name, problem: message };
  }
  const text = Buffer.from(await workspace.fs.readFile(file)).toString("utf8");
  const all = readQuestions(text, name);
  const list = limit === null ? all : all.slice(0, limit);
  const about =
    list.length < all.length
      ? l10n.t("The first {0} of {1} questions of {2}", formatCount(list.length), formatCount(all.length), name)
      : l10n.t("{0} questions of {1}", formatCount(list.length), name);
  return { list, about, problem: null };
}
