import { type Engine, EngineError, type Prompt } from "../../inference/engine";
import { TokenParts } from "../../inference/tokenParts";
import type { Engines } from "../experiment";
import { isRefusal } from "../graders/refusal";
import { claimsOf } from "../hallucination/claims";
import { questionFor } from "../hallucination/writing";
import { inOrder, type Outcome } from "../inOrder";
import { replied } from "../judging/asking";
import { knownPairs } from "../judging/judgeCheck";
import { oneLine } from "../judging/prompts";
import { saysWords } from "../judging/words";
import { isChat, seedOf } from "../reasoning/ask";
import { wasRefused } from "../refused";
import {
  type Asked,
  addEvent,
  after,
  type InterrogationReport,
  judgeOf,
  type QuestionEvent,
  startReport,
} from "./report";
import type { AnswerEvent, InterrogationEvent, InterrogationSpec, Mark, MarkedEvent, Snippet } from "./spec";

/** What is heard before answers are whole: nothing that belongs into the record. */
export interface InterrogationProgress {
  /** One more token of an answer. */
  token(answer: { readonly question: string; readonly sample: number }, text: string): void;
}

interface Opened {
  readonly spec: InterrogationSpec;
  readonly probed: Engine;
  readonly writer: Engine | undefined;
  readonly judge: Engine | undefined;
  readonly progress: InterrogationProgress | undefined;
}

/**
 * Asks a model what it knows of a text, as Llama 3 was asked [arXiv 2407.21783, section 4.3.6]: questions about each snippet
 * with their answers, n answers without the snippet, each marked. What is `done` is left out, so a run goes on where it was
 * stopped; questions that a person fixed are asked anew. Ends with an `ended` event; when aborted it rejects with the
 * signal's reason. A question that an engine refuses becomes a `failed` event; what ends the engine itself rejects.
 */
export function runInterrogation(
  spec: InterrogationSpec,
  engines: Engines,
  signal: AbortSignal,
  done: readonly InterrogationEvent[] = [],
): AsyncGenerator<InterrogationEvent> {
  return goOn(done.reduce(addEvent, startReport(spec)), engines, signal);
}

/** The same, from the report of what is done. */
export async function* goOn(
  from: InterrogationReport,
  engines: Engines,
  signal: AbortSignal,
  progress?: InterrogationProgress,
): AsyncGenerator<InterrogationEvent> {
  const { spec } = from;
  const open = (id: string | null) => (id === null ? Promise.resolve(undefined) : engines(id, signal));
  const [probed, writer, judge] = [await engines(spec.probed, signal), await open(spec.writer), await open(spec.judge)];
  for (const [role, engine] of [
    ["probed", probed],
    ["writer", writer],
    ["judge", judge],
  ] as const) {
    if (engine && !from.models.some((each) => each.role === role)) yield { type: "model", role, model: engine.model };
    if (engine && !engine.capabilities.sample.available) {
      throw new EngineError("unsupported", `${engine.model.name} cannot answer: ${engine.capabilities.sample.reason}`);
    }
  }
  const parallel = probed.capabilities.sample.available ? probed.capabilities.sample.parallel : 1;
  const width = Math.max(1, Math.floor(parallel / spec.samples));
  let trial = from;
  if (judge) {
    for await (const event of tryJudge(judge, from, signal)) {
      trial = addEvent(trial, event);
      yield event;
    }
  }
  // A judge that cannot tell what nobody doubts is not believed: words alone decide.
  const believed = judgeOf(trial)?.usable ? judge : undefined;
  const opened = { spec, probed, writer, judge: believed, progress };
  // A few snippets at a time, first their questions and then the answers: so both come one by one, in the text's order.
  for (let first = 0; first < spec.snippets.length; first += width) {
    const snippets = spec.snippets.slice(first, first + width);
    let report = from;
    const unwritten = snippets.filter(({ id }) => !from.written.has(id));
    for await (const event of inOrder(unwritten, width, signal, (each, stop) => written(opened, each, stop))) {
      report = addEvent(report, event);
      yield event;
    }
    const about = new Set(snippets.map(({ id }) => id));
    const questions = [...report.questions].filter(
      ({ snippet, reviewed }) => about.has(snippet.id) && reviewed !== "dropped",
    );
    yield* inOrder(questions, width, signal, (each, stop) => answered(opened, each, stop));
  }
  yield { type: "ended", reason: "done" };
}

/** Asks the judge of the known pairs what it will be asked of answers. */
async function* tryJudge(
  judge: Engine,
  { tried }: InterrogationReport,
  signal: AbortSignal,
): AsyncGenerator<InterrogationEvent> {
  for (const [pair, { question: text, first: answer, second }] of knownPairs.entries()) {
    if (tried.has(pair)) continue;
    const { said } = await saidBy(judge, judgingPrompt({ snippet: { text: answer }, text, answer }, second), signal);
    yield { type: "tried", pair, said };
  }
}

/** What a judge says, and how that reads. */
async function saidBy(
  judge: Engine,
  prompt: string,
  signal: AbortSignal,
): Promise<{ readonly reply: string; readonly said: "yes" | "no" | "unclear" }> {
  const reply = (await replied(judge, prompt, 8, signal)).trim();
  const word = /^\W*(yes|no)\b/i.exec(reply)?.[1]?.toLowerCase();
  return { reply, said: word === "yes" || word === "no" ? word : "unclear" };
}

async function written(opened: Opened, snippet: Snippet, signal: AbortSignal): Promise<Outcome<InterrogationEvent>> {
  const events: InterrogationEvent[] = [];
  try {
    await write(opened, snippet, signal, (event) => events.push(event));
    return { events };
  } catch (error) {
    if (wasRefused(error)) return { events: [{ type: "written", snippet: snippet.id, problem: error.message }] };
    return { events, error };
  }
}

/** The answers and marks that a question lacks. */
async function answered(opened: Opened, asked: Asked, signal: AbortSignal): Promise<Outcome<InterrogationEvent>> {
  const events: InterrogationEvent[] = [];
  let now = asked;
  const add = (event: QuestionEvent): void => {
    events.push(event);
    now = after(now, event);
  };
  try {
    await ask(opened, now, signal, add);
    await markAll(opened, now, signal, add);
  } catch (error) {
    if (!wasRefused(error)) return { events, error };
    add({ type: "failed", question: asked.id, message: error.message });
  }
  return { events };
}

type Add = (event: QuestionEvent) => void;

/** The questions about a snippet: those given with it, else the writer's, else by rule. */
async function write(
  { spec, writer }: Opened,
  snippet: Snippet,
  signal: AbortSignal,
  add: (event: InterrogationEvent) => void,
): Promise<void> {
  const found: { text: string; answer: string; start: number; end: number; by: "writer" | "rule" | "file" }[] = [];
  let problem: string | undefined;
  if (snippet.questions) {
    for (const each of snippet.questions) {
      found.push({ ...each, start: snippet.start, end: snippet.end, by: "file" });
    }
  } else if (!spec.byHand) {
    const claims = claimsOf(snippet.text);
    for (const { text: claim, start, end } of claims) {
      if (found.length >= spec.questionsEach) break;
      const { question, problem: mine } = await questionFor(writer, claim, signal);
      problem ??= mine;
      if (!question || found.some(({ text }) => text === question.text)) continue;
      found.push({ ...question, start: snippet.start + start, end: snippet.start + end });
    }
    if (found.length === 0) problem ??= "Nothing in this snippet could be asked for.";
  }
  for (const [index, each] of found.entries()) {
    add({ type: "question", id: `${snippet.id}.${index + 1}`, snippet: snippet.id, ...each });
  }
  add({ type: "written", snippet: snippet.id, ...(problem !== undefined && { problem }) });
}

function promptFor(spec: InterrogationSpec, engine: Engine, question: string): Prompt {
  if (isChat(spec, engine)) return { kind: "chat", messages: [{ role: "user", content: question }] };
  return { kind: "text", text: `Question: ${question}\nAnswer:` };
}

/** The answers, without the snippet. */
async function ask({ spec, probed, progress }: Opened, asked: Asked, signal: AbortSignal, add: Add): Promise<void> {
  const samples = Array.from({ length: spec.samples }, (_, sample) => sample).filter(
    (each) => !asked.answers.has(each),
  );
  if (samples.length === 0) return;
  // A question that a person fixed is another question, with draws of its own.
  const seeds = samples.map((sample) => seedOf(spec.seed, asked.id, asked.fixed ? asked.text : "", sample));
  const request = {
    prompt: promptFor(spec, probed, asked.text),
    seeds,
    sampler: spec.sampler,
    maxTokens: spec.maxTokens,
    topK: 0,
    ...(!isChat(spec, probed) && { stop: ["\n"] }),
  };
  const parts = samples.map(() => new TokenParts());
  const pieces = samples.map((): string[] => []);
  const logProbs = samples.map((): (number | null)[] => []);
  const whole: AnswerEvent[] = [];
  try {
    for await (const event of probed.sample(request, signal)) {
      const [sample, seed] = [samples[event.sample]!, seeds[event.sample]!];
      if (event.kind === "token") {
        const part = parts[event.sample]!.add(event.token);
        pieces[event.sample]!.push(part);
        logProbs[event.sample]!.push(event.token.logProb ?? null);
        progress?.token({ question: asked.id, sample }, part);
        continue;
      }
      const { text, tokens, reason } = event;
      const cut = reason === "maxTokens" || reason === "contextFull";
      whole.push({
        ...{ type: "answer", question: asked.id, sample, seed, text, tokens, ...(cut && { cut }) },
        ...{ pieces: pieces[event.sample]!, logProbs: logProbs[event.sample]! },
      });
    }
  } finally {
    for (const answer of whole.sort((a, b) => a.sample - b.sample)) add(answer);
  }
}

/** Marks every answer that has no mark: by its words, as a refusal, or by the judge; the same text gets the same mark. */
async function markAll({ judge }: Opened, asked: Asked, signal: AbortSignal, add: Add): Promise<void> {
  const known = new Map<string, Pick<MarkedEvent, "mark" | "how" | "reply">>();
  for (const { sample, text } of [...asked.answers.values()].sort((a, b) => a.sample - b.sample)) {
    if (asked.marks.has(sample)) continue;
    const marked = known.get(text) ?? (await markFor(judge, asked, text, signal));
    known.set(text, marked);
    add({ type: "marked", question: asked.id, sample, ...marked });
  }
}

async function markFor(
  judge: Engine | undefined,
  asked: Asked,
  text: string,
  signal: AbortSignal,
): Promise<{ mark: Mark; how: MarkedEvent["how"]; reply?: string }> {
  if (text.trim() === "" || isRefusal(text)) return { mark: "uninformative", how: "refusal" };
  if (saysWords(text, asked.answer)) return { mark: "right", how: "words" };
  if (!judge) return { mark: "wrong", how: "words" };
  const { reply, said } = await saidBy(judge, judgingPrompt(asked, text), signal);
  if (said === "unclear") return { mark: "wrong", how: "unclearJudge", reply };
  return { mark: said === "yes" ? "right" : "wrong", how: "judge", reply };
}

/** What a judge is asked. Snippet and answer stand on one line each. */
export function judgingPrompt(
  { snippet, text, answer }: { readonly snippet: Pick<Snippet, "text"> } & Pick<Asked, "text" | "answer">,
  given: string,
): string {
  return [
    "Judge an answer by the text alone.",
    `Text: ${oneLine(snippet.text)}`,
    `Question: ${oneLine(text)}`,
    `Right answer: ${oneLine(answer)}`,
    `Given answer: ${oneLine(given)}`,
    "Does the given answer say the same as the right answer? Reply with yes or no.",
  ].join("\n");
}
