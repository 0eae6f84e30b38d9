import * as v from "valibot";
import type { Grader } from "../graders/grade";
import { normalNumber } from "../graders/number";
import type { Question } from "./question";

/** What an arm makes of a question, and how its answer is read. */
const armKind = v.picklist(["direct", "steps", "answerFirst", "code", "filler", "own"]);

export const arm = v.object({
  /** Names the arm in events; unique in a run. */
  id: v.pipe(v.string(), v.minLength(1)),
  name: v.string(),
  kind: armKind,
  /** The user's message for a chat model; `{question}` stands for the question. */
  chat: v.string(),
  /** The document for a base model, up to where its answer begins. */
  document: v.string(),
  /** Texts that end a base model's answer. */
  documentStops: v.array(v.string()),
  maxTokens: v.pipe(v.number(), v.integer(), v.minValue(1)),
  /** Values for the chat template, such as `enable_thinking: false`. */
  templateValues: v.optional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
});
export type Arm = v.InferOutput<typeof arm>;

/** An arm's name, and its id where there is no such arm. */
export function armName(arms: readonly Pick<Arm, "id" | "name">[], id: string): string {
  return arms.find((each) => each.id === id)?.name ?? id;
}

export const questionMark = "{question}";

/** A template with the question in its place; the question's own braces stay as they are. */
export function fill(template: string, question: string): string {
  return template.split(questionMark).join(question);
}

const documentStops = ["\nQuestion:", "\n\n"];

/**
 * The arms offered by default. Their wordings are in the specimen's training data; on other models they are plain
 * instructions. Filler dots in place of thoughts come from [Lanham 2023, arXiv 2307.13702].
 */
export const defaultArms: readonly Arm[] = [
  {
    id: "direct",
    name: "Answer at once",
    kind: "direct",
    chat: "{question} Answer with just the number.",
    document: "Question: {question}\nAnswer:",
    documentStops: [...documentStops, "\n"],
    maxTokens: 32,
  },
  {
    id: "steps",
    name: "Step by step",
    kind: "steps",
    chat: "{question} Think step by step, then give the answer.",
    document: "Question: {question}\nLet's think step by step.",
    documentStops,
    maxTokens: 512,
  },
  {
    id: "answerFirst",
    name: "Answer, then explain",
    kind: "answerFirst",
    chat: "{question} Give the answer first, then explain.",
    document: "Question: {question}\nGive the answer first, then explain. Answer:",
    documentStops,
    maxTokens: 512,
  },
  {
    id: "code",
    name: "Use code",
    kind: "code",
    chat: "{question} Write one line of calculation that gives the answer.",
    document: "Question: {question}\nCalculation:",
    documentStops: [...documentStops, "\n"],
    maxTokens: 128,
  },
  {
    id: "filler",
    name: "Filler dots",
    kind: "filler",
    chat: "{question} Write ten dots, then give the answer.",
    document: "Question: {question}\n. . . . . . . . . . Answer:",
    documentStops: [...documentStops, "\n"],
    maxTokens: 64,
  },
];

/** How an answer at once is asked for, by what the answer is held against. The first and second are the specimen's own. */
const justTheAnswer: Readonly<Record<Grader["kind"], string>> = {
  number: "Answer with just the number.",
  text: "Just the answer.",
  choice: "Answer with just the letter.",
  pattern: "Just the answer.",
  meaning: "Just the answer.",
};

/**
 * The default arms in wordings that fit a grader: nobody is asked for a number where the answer is a name. What models
 * calculate is a number, so the arm with a calculation is there for numbers alone.
 */
export function armsFor(grader: Grader): readonly Arm[] {
  return defaultArms
    .filter(({ kind }) => kind !== "code" || grader.kind === "number")
    .map((each) => reworded(each, grader));
}

/** An arm in the default wording for a grader; one that a person has worded stays as it is. */
export function reworded(arm: Arm, grader: Grader): Arm {
  const wordings = Object.values(justTheAnswer).map((words) => `${questionMark} ${words}`);
  if (arm.kind !== "direct" || !wordings.includes(arm.chat)) return arm;
  return { ...arm, chat: `${questionMark} ${justTheAnswer[grader.kind]}` };
}

/**
 * The grader that fits questions by their references: letters where they have choices, numbers where all references are
 * numbers, texts otherwise. Numbers where nothing has a reference.
 */
export function fittingGrader(questions: readonly Question[]): Grader {
  const graded = questions.filter(({ answer }) => answer !== undefined);
  const choices = Math.max(0, ...graded.map((each) => each.choices?.length ?? 0));
  if (choices > 1 && graded.every((each) => each.choices)) return { kind: "choice", choices: Math.min(26, choices) };
  return { kind: graded.every(({ answer }) => normalNumber(answer!) !== undefined) ? "number" : "text" };
}
