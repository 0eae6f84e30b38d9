import type { Engine } from "../../inference/engine";
import { replied } from "../judging/asking";
import { oneLine } from "../judging/prompts";
import { saysWords } from "../judging/words";
import { claimsOf } from "./claims";
import type { Item } from "./spec";
import { type TemplateQuestion, templateQuestion } from "./templateQuestion";

/** A question that a claim answers, with the answer in the claim's own words. */
export interface WrittenQuestion extends TemplateQuestion {
  readonly by: "writer" | "rule";
}

/** What a writer is asked for. The text stands on one line, so that nothing in it passes for a line of this prompt. */
export function writingPrompt(text: string): string {
  return [
    "Read the text and write one question that it answers, and the answer in a few of its own words.",
    `Text: ${oneLine(text)}`,
    "Reply in two lines, “Question: …” and “Answer: …”.",
  ].join("\n");
}

/**
 * A question that a claim answers: the writer's where there is one and it is good enough, else by rule. `problem` says why
 * the writer's was not; both may be missing, and then a person must ask.
 */
export async function questionFor(
  writer: Engine | undefined,
  claim: string,
  signal: AbortSignal,
): Promise<{ readonly question?: WrittenQuestion; readonly problem?: string }> {
  const written = writer && (await writtenBy(writer, claim, signal));
  if (typeof written === "object") return { question: { ...written, by: "writer" } };
  const made = templateQuestion(claim);
  return { ...(made && { question: { ...made, by: "rule" } }), ...(written !== undefined && { problem: written }) };
}

/** The writer's question, or why there is none. Its answer must stand in the text: it is to come from there alone. */
async function writtenBy(writer: Engine, claim: string, signal: AbortSignal): Promise<TemplateQuestion | string> {
  const reply = await replied(writer, writingPrompt(claim), 96, signal);
  const [, text, answer] = /^\s*(?:question:\s*)?([^\n]{6,}?\?)\s*\n?\s*answer:\s*([^\n]+)/i.exec(reply) ?? [];
  if (!text || !answer) return "The writer did not write a question and an answer; rules made the questions.";
  const words = answer.trim().replace(/[.\s]+$/, "");
  if (!saysWords(claim, words)) return "The writer’s answer is not in the text; rules made the questions.";
  return { text: text.trim(), answer: words };
}

/** A selection's claim as a question to probe. */
export interface ClaimItem {
  readonly item: Item;
  /** The claim's place in the selection, UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  readonly by: WrittenQuestion["by"];
}

/**
 * A selection's claims as questions with the claim's own answer as reference, one by one as they are written; claims that
 * nobody can ask about are left out. Throws ClaimError for a selection that is too long.
 */
export async function* claimItems(
  writer: Engine | undefined,
  selection: string,
  signal: AbortSignal,
): AsyncGenerator<ClaimItem> {
  for (const [index, { text, start, end }] of claimsOf(selection).entries()) {
    const { question } = await questionFor(writer, text, signal);
    if (!question) continue;
    const { answer: reference, by } = question;
    const id = `claim ${index + 1}`;
    yield { item: { id, text: question.text, group: "asked", reference, accept: [reference] }, start, end, by };
  }
}
