import { type Engine, EngineError, type Prompt } from "../../inference/engine";
import { oneLine } from "../judging/prompts";
import { isChat } from "../reasoning/ask";
import { closedBook, type HallucinationSpec, type Item } from "./spec";

/** Defaults of a spec: their wordings are in the specimen's training data; other models read plain questions. */
export const defaultTemplates = {
  closed: { chat: "{question}", document: "Question: {question}\nAnswer:" },
  open: { chat: "{page}\n\n{question}", document: "{page}\nQuestion: {question}\nAnswer:" },
  documentStops: ["\nQuestion:", "\n"],
} as const;

/** A template with its values in place, in one pass: braces in a value are text, not places to fill. */
export function filled(template: string, values: { readonly question: string; readonly page?: string }): string {
  return template.replace(/\{(question|page)\}/g, (_, name: "question" | "page") => values[name] ?? "");
}

/** Longest question with its page, characters: more fits no model's attention, and some tokenizers choke on it. */
const mostCharacters = 400_000;

/** How an item is put to the probed model in a book. Throws EngineError for more text than any model can be asked about. */
export function promptOf(spec: HallucinationSpec, engine: Engine, item: Item, book: string): Prompt {
  const page = book === closedBook ? undefined : spec.pages.find(({ id }) => id === book)?.text;
  const template = page === undefined ? spec.closed : spec.open;
  const characters = item.text.length + (page?.length ?? 0);
  if (characters > mostCharacters) {
    const [has, most] = [characters, mostCharacters].map((number) => number.toLocaleString("en"));
    throw new EngineError(
      "badInput",
      `Question and page have ${has} characters; at most ${most} can be asked. Select less.`,
    );
  }
  const values = { question: item.text, ...(page !== undefined && { page }) };
  if (!isChat(spec, engine)) return { kind: "text", text: filled(template.document, values) };
  return {
    kind: "chat",
    messages: [
      ...(spec.system ? [{ role: "system", content: spec.system }] : []),
      { role: "user", content: filled(template.chat, values) },
    ],
  };
}

export const truthLabels = { yes: "(A)", no: "(B)" } as const;

/** Whether an answer is true, beside the other ideas the model had [Kadavath 2022, arXiv 2207.05221, section 3.2]. */
export function truthQuestion(question: string, ideas: readonly string[], answer: string): string {
  return [
    `Question: ${oneLine(question)}`,
    `Here are some brainstormed ideas: ${ideas.map(oneLine).join("\n")}`,
    `Possible answer: ${oneLine(answer)}`,
    "Is the possible answer:",
    "(A) True",
    "(B) False",
    "The possible answer is:",
  ].join("\n");
}
