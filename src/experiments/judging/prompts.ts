import type { Engine, Prompt } from "../../inference/engine";

/** Longest answer that is shown to a judge, characters. */
const mostJudged = 600;

/** An answer on one line: what it holds cannot pass for lines of the judge's own prompt. */
export function oneLine(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  return line.length > mostJudged ? `${line.slice(0, mostJudged)}…` : line;
}

/** Whether one answer entails another [the prompt of Farquhar 2024, Nature 630:625, supplementary notes and code]. */
export function entailmentQuestion(question: string, first: string, second: string): string {
  return [
    `We are evaluating answers to the question "${oneLine(question)}"`,
    "Here are two possible answers:",
    `Possible Answer 1: ${oneLine(first)}`,
    `Possible Answer 2: ${oneLine(second)}`,
    "Does Possible Answer 1 semantically entail Possible Answer 2? Respond with entailment, contradiction, or neutral.",
  ].join("\n");
}

/** A question about answers, for a chat model in its template and for a base model as a document. */
export function judgePrompt(engine: Engine, text: string, answer = ""): Prompt {
  if (engine.capabilities.chat.available) {
    return { kind: "chat", messages: [{ role: "user", content: text }], ...(answer && { answerStart: answer }) };
  }
  return { kind: "text", text: answer ? `${text} ${answer}` : text };
}
