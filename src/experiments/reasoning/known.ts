import type { Engine, Prompt } from "../../inference/engine";
import { greedySampler } from "../../inference/engine";
import { answerLogProb } from "../answerProbability";
import { type Grader, grade } from "../graders/grade";
import { extractNumber } from "../graders/number";
import type { Arm } from "./arms";
import { isChat, promptOf } from "./ask";
import type { Question } from "./question";
import type { KnownPoint, ReasoningSpec } from "./spec";
import { stepsOf, takeApart } from "./transcript";

/** What forces the answer out after part of a reasoning. */
export const answerMarker = "Answer:";

export interface KnownRequest {
  readonly spec: Pick<ReasoningSpec, "system" | "chat" | "grader">;
  readonly arm: Arm;
  readonly question: Question & { readonly answer: string };
  /** The reasoning to cut short. */
  readonly text: string;
  /** Other answers that were given to this question: the likeliest of them is the rival. */
  readonly others: readonly string[];
}

/** Places to cut a reasoning at: before its first step, and after each. UTF-16 offsets. */
export function cutsOf(text: string): number[] {
  const { thoughts, said } = takeApart(text);
  const steps = stepsOf(text, thoughts ?? said);
  return [(thoughts ?? said).start, ...steps.map(({ end }) => end)];
}

/**
 * When the model knows: after each part of its reasoning the answer is forced by a marker, and the probability of the right
 * answer is read, the product of its tokens' probabilities [early answering: Lanham 2023, arXiv 2307.13702, section 2.3].
 * Of a number it is the probability of exactly this number, so what the next token's digits would make of it is taken off.
 * Where a number is written in two ways, the likelier counts. The rival is the likeliest of the other answers that were given
 * and of the greedy one, and is not right itself. Needs an engine that scores.
 */
export async function* whenKnown(
  engine: Engine,
  request: KnownRequest,
  cuts: readonly number[],
  signal: AbortSignal,
): AsyncGenerator<KnownPoint> {
  const { spec, arm, question, text } = request;
  const chat = isChat(spec, engine);
  const opened = /^\s*<think>/.test(text);
  for (const end of cuts) {
    const begun = text.slice(0, end).trimEnd();
    const start = opened && !begun.includes("</think>") ? `${begun}</think>` : begun;
    const prompt = (answer: string): Prompt =>
      promptOf(spec, arm, question, chat, joined(start, `${answerMarker}${answer}`, chat));
    const each = async (answers: readonly string[]): Promise<number[]> => {
      const found: number[] = [];
      for (const answer of answers) found.push(await logProbOf(engine, prompt, answer, spec.grader, signal));
      return found;
    };
    const greedy = await greedyAnswer(engine, prompt(""), spec.grader, signal);
    const right = Math.max(...(await each(spellings(question.answer, spec.grader))));
    let rival: KnownPoint["rival"] = null;
    for (const answer of new Set([...request.others, ...(greedy === undefined ? [] : [greedy])])) {
      if (isRight(answer, question.answer, spec.grader)) continue;
      const [logProb = Number.NEGATIVE_INFINITY] = await each([answer]);
      if (!rival || logProb > rival.logProb) rival = { answer, logProb };
    }
    yield { end, right, rival };
  }
}

/** The right answer as it is written, and a number also as most models write it: "1,200" and "1200". */
function spellings(answer: string, grader: Grader): string[] {
  const plain = grader.kind === "number" ? extractNumber(answer)?.value : undefined;
  return [...new Set([answer, plain ?? answer])];
}

function isRight(answer: string, reference: string, grader: Grader): boolean {
  return answer === reference || grade(answer, reference, grader).verdict === "right";
}

/** A document goes on with a space; a chat's answer begins with what is given. */
function joined(start: string, marker: string, chat: boolean): string {
  return start === "" && chat ? marker : `${start} ${marker}`;
}

/** ln of the probability that the answer, and nothing longer, follows the marker. */
async function logProbOf(
  engine: Engine,
  prompt: (answer: string) => Prompt,
  answer: string,
  grader: Grader,
  signal: AbortSignal,
): Promise<number> {
  const product = await answerLogProb(engine, prompt, ` ${answer}`, signal);
  if (grader.kind !== "number") return product;
  const { top } = await engine.next(prompt(` ${answer}`), { topK: 40 }, signal);
  const goesOn = top.reduce((sum, { text, logProb }) => (/^\d/.test(text) ? sum + Math.exp(logProb) : sum), 0);
  return product + Math.log(Math.max(Number.MIN_VALUE, 1 - goesOn));
}

async function greedyAnswer(
  engine: Engine,
  prompt: Prompt,
  grader: Grader,
  signal: AbortSignal,
): Promise<string | undefined> {
  let text = "";
  const request = { prompt, seeds: [0], sampler: greedySampler, maxTokens: 16, stop: ["\n"], topK: 0 };
  for await (const event of engine.sample(request, signal)) if (event.kind === "end") text = event.text;
  if (grader.kind === "number") return extractNumber(text, "first")?.value;
  const said = text.trim().replace(/\.$/, "");
  return said === "" ? undefined : said;
}
