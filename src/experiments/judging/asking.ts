import { type Engine, greedySampler } from "../../inference/engine";
import { entailmentQuestion, judgePrompt } from "./prompts";
import { type Judgement, relationOf } from "./relation";

/** What a model says to a question about texts, greedily. */
export async function replied(
  engine: Engine,
  question: string,
  maxTokens: number,
  signal: AbortSignal,
): Promise<string> {
  let text = "";
  const request = { prompt: judgePrompt(engine, question), seeds: [0], sampler: greedySampler, maxTokens, topK: 0 };
  for await (const event of engine.sample(request, signal)) if (event.kind === "end") text = event.text;
  return text;
}

/** Both directions of a judgement, greedily. */
export async function judged(
  judge: Engine,
  question: string,
  first: string,
  second: string,
  signal: AbortSignal,
): Promise<Judgement> {
  const forward = await replied(judge, entailmentQuestion(question, first, second), 16, signal);
  const backward = await replied(judge, entailmentQuestion(question, second, first), 16, signal);
  return { forward: relationOf(forward), backward: relationOf(backward) };
}
