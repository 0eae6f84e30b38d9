import { type Abilities, type Finding, missing } from "./abilities";
import type { Choice, Completion, ListedModel } from "./answers";
import { Asking, type Reply } from "./asking";
import type { ServerClient } from "./client";
import { findOwnTokens } from "./ownTokens";
import { type Program, recognise } from "./program";
import { givenTokens } from "./tokens";

/** A text whose tokens are few and whose continuation is open enough to tell seeds apart. */
const probeText = "Zürich, 1984. She opened the door and";
const question = [{ role: "user", content: "Name an animal." }];
/** A prompt of one letter takes a token or two; more, and the server has put a chat template around it. */
const mostTokensOfALetter = 3;
/** How far two readings of one log-probability may be apart, nats: batching and rounding on the server. */
const tolerance = 0.1;
const noIds = (): undefined => undefined;

export interface ProbeOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: (message: string) => void;
}

/**
 * Finds out what a server gives for one model: about fifteen requests of 1 to 64 tokens each, or up to 1,000 where it
 * thinks first. What it refuses becomes a reason; rejects only where nothing can be found out (unreachable, wrong key,
 * too many requests).
 */
export async function probe(
  client: ServerClient,
  model: string,
  listed: ListedModel | undefined,
  options: ProbeOptions = {},
): Promise<Abilities> {
  const { host } = client;
  const step = (message: string): void => options.onStep?.(message);
  step(`Asking ${host} what it is`);
  const program = await recognise(client, listed, options.signal);
  const asking = new Asking(client, model, program, options.signal);

  step("Text prompts");
  const text = await asking.completion({ prompt: probeText });
  const completion = text.answer
    ? await rawCompletion(asking, host)
    : missing(`${host} takes chats only. ${text.reason}`);
  step("Chats");
  const talk = await asking.chat({ messages: question });
  // Thoughts that came to nothing are proof as well.
  const chat: Finding =
    talk.answer || asking.thinks
      ? { available: true }
      : missing(`${host} takes no chats with this model. ${talk.reason}`);
  if (!completion.available && !chat.available) throw talk.error ?? text.error;
  step("Tokens of a text");
  const ownTokens = await findOwnTokens(client, model, program, options.signal);

  const ask: Ask = completion.available
    ? (body) => asking.completion({ prompt: probeText, ...completionLogProbs(body) })
    : (body) => asking.chat({ messages: question, ...chatLogProbs(body) });
  step("Log-probabilities");
  const logProbs = await findLogProbs(ask, host);
  step("Log-probabilities of the prompt");
  const promptLogProbs =
    completion.available && logProbs.available
      ? await findPromptLogProbs(asking, host, logProbs.topK, ownTokens.text.available)
      : missing(`${host} gives no log-probabilities of a prompt: that takes text prompts and log-probabilities.`);
  step("Seeds");
  const seeds = await findSeeds(ask, host);
  step("JSON schemas");
  // Chats go to llama.cpp as token ids, where a schema holds from the first token on; its own chats may begin with a fence.
  const byChat = chat.available && !(program.name === "llama.cpp" && completion.available);
  const jsonSchema = await findJsonSchema(asking, byChat, host);
  return {
    program,
    completion,
    chat,
    logProbs,
    promptLogProbs,
    ownTokens,
    seeds,
    jsonSchema,
    maxTokensName: asking.maxTokensName,
    leftOut: [...asking.leftOut],
    probeTokens: completion.available ? (text.answer?.usage?.prompt_tokens ?? undefined) : undefined,
  };
}

/** The text a tokenizer of ours must cut into as many tokens as the server does (or one fewer: the begin token). */
export { probeText };

interface Wish {
  readonly topK?: number;
  readonly maxTokens?: number;
  readonly more?: object;
}

type Ask = (wish: Wish) => Promise<Reply>;

function completionLogProbs({ topK, maxTokens, more }: Wish): object {
  return { ...(topK !== undefined && { logprobs: topK }), ...(maxTokens && { max_tokens: maxTokens }), ...more };
}

function chatLogProbs({ topK, maxTokens, more }: Wish): object {
  return {
    ...(topK !== undefined && { logprobs: true, top_logprobs: topK }),
    ...(maxTokens && { max_tokens: maxTokens }),
    ...more,
  };
}

async function rawCompletion(asking: Asking, host: string): Promise<Finding> {
  const letter = await asking.completion({ prompt: "a" });
  const tokens = letter.answer?.usage?.prompt_tokens;
  if (tokens === undefined || tokens <= mostTokensOfALetter) return { available: true };
  return missing(
    `${host} puts a chat template around text prompts: one letter came to ${tokens} tokens. Only chats show what the model is given.`,
  );
}

async function findLogProbs(ask: Ask, host: string): Promise<Abilities["logProbs"]> {
  let refusal = "";
  for (const topK of [100, 20, 5, 1]) {
    const plain = await ask({ topK });
    const given = plain.answer && firstToken(plain.answer, topK);
    if (!plain.answer) refusal ||= plain.reason;
    if (!given || given.top.length === 0) continue;
    const skewed = await ask({ topK, more: { temperature: 0.4, top_p: 0.6 } });
    const other = skewed.answer && firstToken(skewed.answer, topK);
    const [a, b] = [given.top[0]?.logProb, other?.top[0]?.logProb];
    return {
      available: true,
      topK: given.top.length,
      raw: a !== undefined && b !== undefined && Math.abs(a - b) < tolerance && other?.top.length === given.top.length,
    };
  }
  return missing(`${host} gives no log-probabilities for this model.${refusal === "" ? "" : ` ${refusal}`}`);
}

function firstToken(answer: Completion, topK: number): ReturnType<typeof firstOf> {
  const [choice] = answer.choices;
  return choice ? firstOf(choice, topK) : undefined;
}

function firstOf(choice: Choice, topK: number) {
  return givenTokens(choice, topK, noIds)?.[0];
}

/**
 * Two ways are tried, and what comes is held against what the server says of the next token: the likeliest continuation
 * of the text, appended to it, must have the same log-probability as part of the prompt. (llama-cpp-python is off by one
 * for models without a begin token.)
 */
async function findPromptLogProbs(
  asking: Asking,
  host: string,
  topK: number,
  tellsIds: boolean,
): Promise<Abilities["promptLogProbs"]> {
  const few = Math.min(topK, 5);
  const next = await asking.completion({ prompt: probeText, logprobs: few, temperature: 1 });
  const expected = next.answer && firstToken(next.answer, 5)?.top.find(({ text }) => /^ ?\w+$/.test(text));
  if (!expected) return missing(`What ${host} gives for a prompt could not be checked against the next token.`);
  const prompt = probeText + expected.text;
  const agrees = (logProb: number | null | undefined): boolean =>
    typeof logProb === "number" && Math.abs(logProb - expected.logProb) < tolerance;
  const differ = missing(
    `${host} gives log-probabilities of a prompt that do not agree with its own for the next token, so they are not shown.`,
  );

  // vLLM's own way first: it has each token's id and rank, which its echo leaves out.
  const last = asking.program.name === "vLLM" ? await lastByPromptLogProbs(asking, prompt, few, tellsIds) : undefined;
  if (last) return last.some(agrees) ? { available: true, topK, by: "promptLogProbs" } : differ;
  const echo = await asking.completion({ prompt, echo: true, logprobs: few });
  const echoed = echo.answer && lastByEcho(echo.answer);
  if (echoed) return agrees(echoed.logProb) ? { available: true, topK, by: "echo" } : differ;
  const advice =
    asking.program.name === "llama.cpp"
      ? "llama.cpp's server has no way to. Open the GGUF file itself to score prompts."
      : echo.reason;
  return missing(`${host} gives no log-probabilities of a prompt. ${advice}`.trim());
}

/** What may be the log-probability of the prompt's last token; undefined where that, or which ids it has, is not told. */
async function lastByPromptLogProbs(
  asking: Asking,
  prompt: string,
  topK: number,
  tellsIds: boolean,
): Promise<(number | null)[] | undefined> {
  const { answer } = await asking.completion({ prompt, prompt_logprobs: topK, return_token_ids: true });
  const [choice] = answer?.choices ?? [];
  const last = choice?.prompt_logprobs?.at(-1);
  return last && (tellsIds || choice?.prompt_token_ids) ? Object.values(last).map(({ logprob }) => logprob) : undefined;
}

/** The log-probability of the prompt's last token; undefined where the prompt does not come back with them. */
function lastByEcho({ choices: [choice], usage }: Completion): { readonly logProb: number | null } | undefined {
  if (!choice?.logprobs || !("tokens" in choice.logprobs) || !choice.text?.startsWith(probeText)) return undefined;
  const values = choice.logprobs.token_logprobs;
  const answered = usage?.completion_tokens ?? 1;
  return values.length - answered > 1 ? { logProb: values[values.length - answered - 1] ?? null } : undefined;
}

/** The same seed twice and another one, hot enough that chance would not give the same text twice. */
async function findSeeds(ask: Ask, host: string): Promise<Finding> {
  const draw = async (seed: number): Promise<string | undefined> => {
    const reply = await ask({ maxTokens: 16, more: { seed, temperature: 1.5 } });
    return reply.answer && textOf(reply.answer);
  };
  const first = await draw(1);
  if (first === undefined) return missing(`${host} takes no seed.`);
  if ((await draw(1)) !== first) return missing(`${host} gave two texts for one seed, so runs cannot be repeated.`);
  if ((await draw(2)) === first && (await draw(3)) === first)
    return missing(`${host} gives the same text whatever the seed is, so samples would all be equal.`);
  return { available: true };
}

function textOf({ choices: [choice] }: Completion): string {
  return choice?.text ?? choice?.message?.content ?? choice?.message?.reasoning_content ?? "";
}

async function findJsonSchema(asking: Asking, chat: boolean, host: string): Promise<Finding> {
  const schema = { type: "object", properties: { animal: { enum: ["zebra"] } }, required: ["animal"] };
  // A small model may put a lot of white space between the tokens that the schema asks for.
  const body = { max_tokens: 64, ...schemaBody(schema, asking.program.name) };
  const reply = chat
    ? await asking.chat({ messages: question, ...body })
    : await asking.completion({ prompt: probeText, ...body });
  if (reply.answer && /^\s*\{\s*"animal"\s*:\s*"zebra"/.test(textOf(reply.answer))) return { available: true };
  return missing(`${host} does not keep an answer to a JSON schema.${reply.reason === "" ? "" : ` ${reply.reason}`}`);
}

/** A JSON schema in the program's own words. */
export function schemaBody(schema: object, program: Program["name"]): object {
  if (program === "llama.cpp") return { json_schema: schema };
  if (program === "llama-cpp-python") return { response_format: { type: "json_object", schema } };
  return { response_format: { type: "json_schema", json_schema: { name: "answer", schema, strict: true } } };
}
