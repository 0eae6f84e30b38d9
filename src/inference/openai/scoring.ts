import { EngineError, type PromptScore, type ScoreOptions, type TokenizedPrompt, type TokenScore } from "../engine";
import type { Abilities } from "./abilities";
import { type Choice, type Completion, type PromptLogProbs, readCompletion } from "./answers";
import type { ServerClient } from "./client";
import { alignTokens } from "./placedTokens";
import type { PreparedPrompt } from "./preparedPrompt";
import { givenTokens, type IdOf, likeliest, lowerBound, tokenText } from "./tokens";

export interface ScoreSource {
  readonly client: ServerClient;
  readonly found: Abilities;
  readonly idOf: IdOf;
}

/** Scores a prompt in one request that also draws one token, which is left out. */
export async function scorePrompt(
  source: ScoreSource,
  prepared: PreparedPrompt,
  body: Record<string, unknown>,
  options: ScoreOptions,
  signal: AbortSignal | undefined,
): Promise<PromptScore> {
  const { client, found } = source;
  if (!found.promptLogProbs.available) throw new EngineError("unsupported", found.promptLogProbs.reason);
  const { by, topK: most } = found.promptLogProbs;
  const topK = Math.min(options.topK, most);
  const asked = Math.max(1, topK);
  const { logprobs: _, return_token_ids: ids, ...rest } = body;
  // Asked for ids, vLLM echoes no text, and gives the ids of what it drew alone.
  const extra =
    by === "echo"
      ? { echo: true, logprobs: asked }
      : { prompt_logprobs: asked, ...(ids !== undefined && { return_token_ids: ids }) };
  const answer = readCompletion(await client.post(prepared.path, { ...rest, ...extra }, { signal }), client.host);
  const [choice] = answer.choices;
  const score =
    choice &&
    (by === "echo" ? fromEcho(choice, answer, topK, source) : fromPromptLogProbs(choice, prepared, topK, source));
  if (!score)
    throw new EngineError(
      "server",
      `${client.host} left out the log-probabilities of the prompt this time. Try again.`,
    );
  const from = Math.min(options.from ?? 0, score.tokens.length);
  return { prompt: score.prompt, from, tokens: score.tokens.slice(from) };
}

interface WholeScore {
  readonly prompt: TokenizedPrompt;
  readonly tokens: readonly TokenScore[];
}

function fromEcho(choice: Choice, answer: Completion, topK: number, { idOf }: ScoreSource): WholeScore | undefined {
  const all = givenTokens(choice, topK + 1, idOf);
  if (!all) return undefined;
  const given = all.slice(0, all.length - (answer.usage?.completion_tokens ?? 1));
  const text = (choice.text ?? "").slice(0, promptLength(choice.text ?? "", given, all));
  const tokens = given.map(({ logProb, top }): TokenScore => {
    // The server's list has the prompt's own token too, wherever it ranks.
    const rank = top.findIndex((item) => item.logProb === logProb);
    return {
      logProb,
      rank: logProb === undefined || rank < 0 || rank >= topK ? undefined : rank + 1,
      entropy: lowerBound(top.slice(0, topK)),
      top: top.slice(0, topK),
    };
  });
  return { prompt: { text, tokens: alignTokens(text, given) }, tokens };
}

/** Where the prompt ends in an echoed text: before the texts of the tokens that were drawn. */
function promptLength(text: string, given: readonly unknown[], all: readonly { readonly text: string }[]): number {
  const drawn = all
    .slice(given.length)
    .map((token) => token.text)
    .join("");
  return text.endsWith(drawn) ? text.length - drawn.length : text.length;
}

function fromPromptLogProbs(
  choice: Choice,
  prepared: PreparedPrompt,
  topK: number,
  { idOf }: ScoreSource,
): WholeScore | undefined {
  const entries = choice.prompt_logprobs;
  const known = prepared.path === "/completions" ? prepared.tokens : undefined;
  const ids = known?.tokens.map(({ id }) => id) ?? choice.prompt_token_ids;
  if (!entries || !ids || entries.length !== ids.length) return undefined;
  const tokens = entries.map((entry, index) => tokenScore(entry, ids[index] ?? -1, topK, idOf));
  if (known) return { prompt: known, tokens };
  const texts = entries.map((entry, index) => ({
    id: ids[index] ?? -1,
    text: entry?.[String(ids[index])]?.decoded_token ?? "",
  }));
  const text =
    typeof (prepared as { prompt?: unknown }).prompt === "string"
      ? String((prepared as { prompt: string }).prompt)
      : texts.map((token) => token.text).join("");
  const placed = alignTokens(text, texts);
  // The first token has no entry that would spell it: it is what stands before the second.
  const before = text.slice(0, placed[1]?.offset ?? text.length);
  const shown = placed.map((token, index) => (index === 0 && before !== "" ? { ...token, text: before } : token));
  return { prompt: { text, tokens: shown }, tokens };
}

function tokenScore(entry: PromptLogProbs[number], id: number, topK: number, idOf: IdOf): TokenScore {
  const own = entry?.[String(id)];
  const top = likeliest(
    Object.entries(entry ?? {}).map(([key, value]) => [
      tokenText(value.decoded_token ?? "", undefined, Number(key), idOf),
      value.logprob,
    ]),
    topK,
  );
  return { logProb: own?.logprob ?? undefined, rank: own?.rank ?? undefined, entropy: lowerBound(top), top };
}
