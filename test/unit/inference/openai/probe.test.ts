import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { type Prompt, plainSampler } from "../../../../src/inference/engine";
import { openServedModel } from "../../../../src/inference/openai/openServed";
import { unknownTokenId } from "../../../../src/inference/openai/tokens";
import { loadTokenizer } from "../../../../src/tokenizers";
import { directorySource } from "../../../../src/tokenizers/node/nodeSource";
import {
  json,
  type ScriptedServer,
  type SeenRequest,
  scriptedServer,
  stream,
} from "../../../fixtures/servers/scriptedServer";

// Servers that cannot run here (vLLM, Ollama, hosted services), scripted in the shapes that they document. What they
// really do is for llama.cpp's programs to show (realServers.test.ts); here it is the findings that are tested.

const open: ScriptedServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.stop();
});

type Routes = Record<
  string,
  (body: Record<string, unknown>, response: ServerResponse, request: SeenRequest) => unknown
>;

async function serve(models: object[], routes: Routes): Promise<ScriptedServer> {
  const server = await scriptedServer((request, response) => {
    if (request.path === "/v1/models") return json(response, { data: models });
    const route = routes[request.path] ?? routes[request.path.replace(/\?.*/, "")];
    if (!route) return json(response, { detail: "Not Found" }, 404);
    const answer = route(request.body, response, request);
    return answer === undefined || response.headersSent ? undefined : json(response, answer);
  });
  open.push(server);
  return server;
}

function opened(server: ScriptedServer, model: string, tokenizer?: string) {
  return openServedModel({
    setup: { baseUrl: server.baseUrl, key: undefined, maxParallel: undefined },
    model,
    client: { retry: { first: 5, tries: 2 } },
    ...(tokenizer && { tokenizer: () => loadTokenizer(tokenizer, directorySource("dist")) }),
  });
}

const top = (most: number) =>
  Array.from({ length: most }, (_, rank) => ({ token: ` t${rank}`, logprob: -1 - rank / 10, bytes: null }));

/** Draws by seed, or always the same. */
const drawn = ({ seed = 0, max_tokens = 1 }: Record<string, unknown>) =>
  Number(max_tokens) > 1 ? ` text of seed ${seed}` : " t0";

describe("a hosted service that takes chats only", () => {
  const routes: Routes = {
    "/v1/chat/completions": (body, response) => {
      if ("max_tokens" in body)
        return json(
          response,
          { error: { message: "Unsupported parameter: use 'max_completion_tokens' instead." } },
          400,
        );
      if (Number(body.top_logprobs ?? 0) > 20)
        return json(response, { error: { message: "'top_logprobs' must be at most 20." } }, 400);
      const content = JSON.stringify(body).includes("zebra") ? '{"animal":"zebra"}' : drawn(body);
      const entries = top(Number(body.top_logprobs));
      const logprobs = body.logprobs ? { content: [{ ...entries[0], token: content, top_logprobs: entries }] } : null;
      return { choices: [{ message: { content }, finish_reason: "length", logprobs }], usage: { prompt_tokens: 12 } };
    },
  };

  it("is found out: what it has, and why not the rest", async () => {
    const server = await serve([{ id: "gpt-9" }], routes);
    const { capabilities, model } = await opened(server, "gpt-9");
    expect(capabilities.completion).toMatchObject({
      available: false,
      reason: expect.stringContaining("takes chats only"),
    });
    expect(capabilities.chat).toEqual({ available: true });
    expect(capabilities.next).toEqual({ available: true, topK: 20, exactEntropy: false });
    expect(capabilities.sampleLogProbs).toMatchObject({ topK: 20, raw: true });
    expect(capabilities.score.available).toBe(false);
    expect(capabilities.grammar).toEqual({ available: true });
    expect(model).toMatchObject({ kind: "served", name: "gpt-9", id: `served:${server.baseUrl}#gpt-9` });
    for (const { body, path } of server.seen) if (path.endsWith("completions")) expect(body.model).toBe("gpt-9");
  });

  it("says when seeds do nothing", async () => {
    const server = await serve([{ id: "gpt-9" }], routes);
    // Temperature alone decides here: one text whatever the seed.
    const { capabilities } = await opened(server, "gpt-9");
    expect(capabilities.seeds).toMatchObject({
      available: false,
      reason: expect.stringContaining("the same text whatever"),
    });
  });
});

describe("a hosted model that thinks first", () => {
  // As OpenAI's refuse, one thing at a time: most of what was usual, and too few tokens to think.
  const refusal = (body: Record<string, unknown>): [string, number] | undefined => {
    if ("max_tokens" in body)
      return ["Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens' instead.", 400];
    if ("top_p" in body) return ["Unsupported parameter: 'top_p' is not supported with this model.", 400];
    if (body.temperature !== 1)
      return ["Unsupported value: 'temperature' does not support this. Only the default (1) value is supported.", 400];
    if (body.logprobs) return ["You are not allowed to request logprobs from this model", 403];
    if (Number(body.max_completion_tokens) < 300)
      return ["Could not finish the message because max_tokens or model output limit was reached.", 400];
    return undefined;
  };
  const routes = (never = false): Routes => ({
    "/v1/chat/completions": (body, response) => {
      const [message, status] = refusal(body) ?? [];
      if (message !== undefined) return json(response, { error: { message } }, status);
      if (never) return json(response, { error: { message: "Could not finish: output limit was reached." } }, 400);
      const content = JSON.stringify(body).includes("zebra") ? '{"animal":"zebra"}' : "Fox";
      const answer = { choices: [{ message: { content }, delta: { content }, finish_reason: "stop" }] };
      if (!body.stream) return answer;
      stream(response, answer, "[DONE]");
      return response.end();
    },
  });

  it("is opened, and asked the way it wants", async () => {
    const server = await serve([{ id: "gpt-9" }], routes());
    const engine = await opened(server, "gpt-9");
    const { chat, grammar, next } = engine.capabilities;
    expect({ chat, grammar }).toEqual({ chat: { available: true }, grammar: { available: true } });
    expect(next).toMatchObject({
      available: false,
      reason: expect.stringContaining("not allowed to request logprobs"),
    });
    const prompt = { kind: "chat", messages: [{ role: "user", content: "Hi" }] } as const;
    const texts: string[] = [];
    for await (const event of engine.sample({ prompt, seeds: [1], sampler: plainSampler, maxTokens: 500, topK: 0 }))
      if (event.kind === "end") texts.push(event.text);
    expect(texts).toEqual(["Fox"]);
    const { body } = server.seen.at(-1) ?? {};
    expect(body).toMatchObject({ max_completion_tokens: 500, temperature: 1 });
    expect(body).not.toHaveProperty("top_p");
  });

  it("takes chats, though it thinks longer than the probe lets it", async () => {
    const engine = await opened(await serve([{ id: "gpt-9" }], routes(true)), "gpt-9");
    expect(engine.capabilities.chat).toEqual({ available: true });
    expect(engine.capabilities.sample.available).toBe(true);
  });

  it("with a wrong key is refused as such", async () => {
    const server = await serve([{ id: "gpt-9" }], {
      "/v1/chat/completions": (_body, response) => json(response, { error: { message: "Wrong key" } }, 403),
    });
    await expect(opened(server, "gpt-9")).rejects.toMatchObject({ code: "unauthorized" });
  });
});

describe("vLLM", () => {
  const words = (text: string) => text.split(/(?= )/);
  const spell = (word: string) => word.replaceAll(" ", "Ġ");
  const id = (word: string) => [...word].reduce((sum, character) => sum * 31 + character.charCodeAt(0), 7) % 50_000;
  const routes = (own = true): Routes => ({
    "/version": () => ({ version: "0.11.0" }),
    "/tokenize": (body) => {
      const text = body.messages ? `<|user|> ${JSON.stringify(body.messages)} <|assistant|>` : String(body.prompt);
      return { count: 1, max_model_len: 4096, tokens: words(text).map(id), token_strs: words(text).map(spell) };
    },
    "/v1/chat/completions": (body) => {
      const entries = top(Number(body.top_logprobs ?? 0));
      const logprobs = body.logprobs ? { content: [{ ...entries[0], top_logprobs: entries }] } : null;
      return {
        choices: [{ message: { content: drawn(body) }, finish_reason: "length", logprobs }],
        usage: { prompt_tokens: 12 },
      };
    },
    "/v1/completions": (body, response) => {
      if (Number(body.logprobs ?? 0) > 20) return json(response, { error: { message: "at most 20 logprobs" } }, 400);
      const prompt = Array.isArray(body.prompt) ? ["ids"] : words(String(body.prompt));
      const alternatives = Object.fromEntries(
        top(Number(body.logprobs ?? 0)).map(({ token, logprob }) => [token, logprob]),
      );
      const logprobs = body.logprobs && {
        tokens: [...(body.echo ? prompt : []), " t0"],
        token_logprobs: [...(body.echo ? prompt.map((_, at) => (at === 0 ? null : -1)) : []), -1],
        top_logprobs: [...(body.echo ? prompt.map(() => null) : []), alternatives],
      };
      const entry = (word: string) => ({
        [id(word)]: { logprob: -1, rank: 1, decoded_token: word },
        7: { logprob: -2, rank: 2, decoded_token: " other" },
      });
      const prompt_logprobs =
        own && body.prompt_logprobs ? prompt.map((word, at) => (at === 0 ? null : entry(word))) : null;
      // As vLLM does: with ids, the echo has no text, and the ids are those of the answer.
      const ids = body.return_token_ids ? { prompt_token_ids: prompt.map(id), token_ids: [id(" t0")] } : undefined;
      const text = `${body.echo && !ids ? body.prompt : ""}${drawn(body)}`;
      return {
        choices: [{ text, finish_reason: "length", logprobs, prompt_logprobs, stop_reason: null, ...ids }],
        usage: { prompt_tokens: prompt.length, completion_tokens: 1 },
      };
    },
  });
  const listed = { id: "m", owned_by: "vllm", max_model_len: 4_096 };

  it.each([
    ["in its own way, with ids and ranks", true, true],
    ["in its own way, where a gateway leaves out /tokenize", true, false],
    ["by echo, where a gateway leaves out its own way", false, true],
  ])("scores prompts %s", async (_way, own, tokenize) => {
    const { "/tokenize": asked, ...rest } = routes(own);
    const server = await serve([listed], tokenize && asked ? { ...rest, "/tokenize": asked } : rest);
    const engine = await opened(server, "m");
    expect(engine.model).toMatchObject({ contextSize: 4_096, build: expect.stringContaining("vLLM 0.11.0") });
    expect(engine.capabilities.score).toEqual({ available: true, topK: 20, exactEntropy: false });
    expect(engine.capabilities.seeds).toEqual({ available: true });
    const score = await engine.score({ kind: "text", text: "Once upon a time" }, { topK: 2, from: 1 });
    expect(score.from).toBe(1);
    expect(score.prompt.text).toBe("Once upon a time");
    expect(score.prompt.tokens.map((token) => [token.text, token.offset, token.id])).toEqual(
      [
        ["Once", 0],
        [" upon", 4],
        [" a", 9],
        [" time", 11],
      ].map(([text, offset]) => [text, offset, own ? id(String(text)) : unknownTokenId]),
    );
    expect(score.tokens.map(({ logProb }) => logProb)).toEqual([-1, -1, -1]);
    if (own)
      expect(score.tokens[0]).toMatchObject({
        rank: 1,
        top: [
          { text: " upon", logProb: -1 },
          { id: 7, logProb: -2 },
        ],
      });
  });

  it("is given chats as the ids of its own template, answers begun", async () => {
    const server = await serve([listed], routes());
    const engine = await opened(server, "m");
    const prompt = { kind: "chat", messages: [{ role: "user", content: "Hi" }], answerStart: " Answer:" } as const;
    const rendered = await engine.render(prompt);
    expect(rendered.text).toMatch(/^<\|user\|> .*<\|assistant\|> Answer:$/);
    await engine.next(prompt, { topK: 2 });
    expect(server.seen.at(-1)?.body.prompt).toEqual(rendered.tokens.map((token) => token.id));
  });

  it("behind a gateway of the common paths alone is given chats as messages, and says what is missing", async () => {
    const { "/tokenize": _tokenize, "/version": _version, ...common } = routes();
    const server = await serve([listed], common);
    const engine = await opened(server, "m");
    const { chat, completion, tokenize, score, logitBias } = engine.capabilities;
    expect({ chat, completion }).toEqual({ chat: { available: true }, completion: { available: true } });
    expect(score.available).toBe(true);
    expect(tokenize).toMatchObject({ available: false, reason: expect.stringMatching(/has no \/tokenize/) });
    expect(logitBias.available).toBe(false);
    const prompt = { kind: "chat", messages: [{ role: "user", content: "Hi" }] } as const;
    await expect(engine.render(prompt)).rejects.toMatchObject({
      code: "unsupported",
      message: tokenize.available ? "" : tokenize.reason,
    });
    expect((await engine.next(prompt, { topK: 2 })).top).toHaveLength(2);
    expect(server.seen.at(-1)).toMatchObject({ path: "/v1/chat/completions", body: { messages: prompt.messages } });
  });

  it.each([
    ["DeepSeek", ["Ġa", "Ġb", "ĠÃ©"], ["<｜begin▁of▁sentence｜>", "Stra", "ÃŁe"], "<｜begin▁of▁sentence｜>Straße"],
    ["Gemma", ["▁a", "▁b", "▁é"], ["Stra", "ße"], "Straße"],
  ])("spells tokens as %s's vocabulary does", async (_model, spaced, spelled, text) => {
    const server = await serve([listed], {
      ...routes(),
      "/tokenize": ({ prompt }) => {
        const token_strs = prompt === " a b é" ? spaced : spelled;
        return { tokens: token_strs.map((_, index) => index), token_strs };
      },
    });
    const engine = await opened(server, "m");
    expect((await engine.render({ kind: "text", text: "Straße" })).text).toBe(text);
  });

  it("without a chat template still tells the tokens of a text", async () => {
    const whole = routes();
    const server = await serve([listed], {
      ...whole,
      "/tokenize": (body, response, request) =>
        body.messages
          ? json(response, { error: { message: "no chat template" } }, 400)
          : whole["/tokenize"]?.(body, response, request),
    });
    const engine = await opened(server, "m");
    expect(engine.capabilities.tokenize).toEqual({ available: true });
    await expect(engine.render({ kind: "chat", messages: [{ role: "user", content: "Hi" }] })).rejects.toThrow(
      /does not show what its chat template writes.*no chat template/,
    );
  });

  it("is told its sampler whole", async () => {
    const server = await serve([listed], routes());
    const engine = await opened(server, "m");
    await engine.next({ kind: "text", text: "Once" }, { topK: 2 });
    expect(server.seen.at(-1)?.body).toMatchObject({
      top_k: -1,
      min_p: 0,
      repetition_penalty: 1,
      temperature: 1,
      top_p: 1,
    });
  });
});

describe("llama.cpp's server", () => {
  const words = (text: string) => text.split(/(?= )/);
  const name = "org/tale:Q8_0";
  /** With several models, as `llama-server` is without `-m`: what names no model is refused. */
  const router: Routes = {
    "/props": (_body, _response, { path }) =>
      path === "/props"
        ? { role: "router", build_info: "b9000", default_generation_settings: { params: {}, n_ctx: 0 } }
        : {
            role: "model",
            build_info: "b9000",
            total_slots: 2,
            default_generation_settings: { n_ctx: path === "/props?model=org%2Ftale%3AQ8_0" ? 2_048 : 1 },
          },
    "/tokenize": ({ model, content }, response) =>
      model === name
        ? { tokens: words(String(content)).map((piece, id) => ({ id, piece })) }
        : json(response, { error: { message: "model name is missing from the request" } }, 400),
    "/apply-template": ({ model, messages }, response) =>
      model === name
        ? { prompt: `<user> ${(messages as { content: string }[])[0]?.content} <answer>` }
        : json(response, { error: { message: "model name is missing from the request" } }, 400),
    "/v1/chat/completions": (body) => ({ choices: [{ message: { content: drawn(body) }, finish_reason: "length" }] }),
    "/v1/completions": (body, response) => {
      const answer = {
        choices: [{ text: drawn(body), finish_reason: "length" }],
        usage: { prompt_tokens: 1, completion_tokens: 1 },
      };
      if (!body.stream) return answer;
      stream(response, answer, "[DONE]");
      return response.end();
    },
  };
  const request = { seeds: [1], sampler: plainSampler, maxTokens: 1, topK: 0 };

  it("with several models is asked about this one", async () => {
    const server = await serve([{ id: name, owned_by: "llamacpp" }, { id: "other" }], router);
    const engine = await opened(server, name);
    expect(engine.model).toMatchObject({ contextSize: 2_048, build: expect.stringContaining("llama.cpp b9000") });
    expect(engine.capabilities.sample).toEqual({ available: true, parallel: 2 });
    const { text } = await engine.render({ kind: "chat", messages: [{ role: "user", content: "Hi" }] });
    expect(text).toBe("<user> Hi <answer>");
  });

  it("behind a gateway of the common paths alone is given texts and messages", async () => {
    const { "/tokenize": _tokenize, "/apply-template": _template, ...common } = router;
    const server = await serve([{ id: name, owned_by: "llamacpp" }], common);
    const engine = await opened(server, name);
    expect(engine.capabilities.tokenize).toMatchObject({
      available: false,
      reason: expect.stringMatching(/has no \/tokenize/),
    });
    const drain = async (prompt: Prompt): Promise<void> => {
      for await (const event of engine.sample({ ...request, prompt })) if (event.kind === "end") ends.push(event.text);
    };
    const ends: string[] = [];
    await drain({ kind: "text", text: "Once" });
    expect(ends).toEqual([" t0"]);
    expect(server.seen.at(-1)?.body.prompt).toBe("Once");
    const messages = [{ role: "user", content: "Say <|im_start|>" }];
    await expect(drain({ kind: "chat", messages })).rejects.toThrow(/spells a control token/);
  });

  it("with several models may not tell one's context before it is loaded", async () => {
    const closed: Routes = {
      ...router,
      "/props": (body, response, request) =>
        request.path === "/props"
          ? router["/props"]?.(body, response, request)
          : json(response, { error: { message: "model is not loaded" } }, 400),
    };
    const engine = await opened(await serve([{ id: name, owned_by: "llamacpp" }], closed), name);
    expect(engine.model.contextSize).toBeUndefined();
  });
});

describe("what a server says is held against itself", () => {
  const completions = (change: (values: (number | null)[]) => (number | null)[], prompt_tokens = 1): Routes => ({
    "/v1/completions": (body) => {
      const prompt = String(body.prompt).split(/(?= )/);
      const own = prompt.map((_, at) => (at === 0 ? null : -5 - at));
      own[own.length - 1] = -1;
      const values = body.echo ? [...change(own), -1] : [-1];
      const columns = {
        tokens: body.echo ? [...prompt, " t0"] : [" t0"],
        token_logprobs: values,
        top_logprobs: values.map(() => ({ " t0": -1, " t1": -2 })),
      };
      const text = `${body.echo ? body.prompt : ""} t0`;
      return {
        choices: [{ text, finish_reason: "length", logprobs: columns }],
        usage: { prompt_tokens, completion_tokens: 1 },
      };
    },
  });

  it("believes log-probabilities of a prompt that agree with those of the next token", async () => {
    const engine = await opened(
      await serve(
        [{ id: "m" }],
        completions((values) => values),
      ),
      "m",
    );
    expect(engine.capabilities.score.available).toBe(true);
  });

  it("refuses those that are off by one", async () => {
    const shifted = completions((values) => [null, ...values.slice(0, -1)]);
    const engine = await opened(await serve([{ id: "m" }], shifted), "m");
    expect(engine.capabilities.score).toMatchObject({
      available: false,
      reason: expect.stringContaining("do not agree"),
    });
  });

  it("sees a chat template around what should be a raw text", async () => {
    const wrapping = completions((values) => values, 26);
    const routes = {
      ...wrapping,
      "/api/version": () => ({ version: "0.13.0" }),
      "/v1/chat/completions": () => ({ choices: [{ message: { content: "Hi" } }] }),
    };
    const engine = await opened(await serve([{ id: "llama3.2", owned_by: "library" }], routes), "llama3.2");
    expect(engine.model.build).toContain("Ollama 0.13.0");
    expect(engine.capabilities.completion).toMatchObject({
      available: false,
      reason: expect.stringContaining("26 tokens"),
    });
  });

  it("uses a tokenizer only where the server counts as it does", async () => {
    const tokenizer = await loadTokenizer("o200k_base", directorySource("dist"));
    const count = tokenizer.count("Zürich, 1984. She opened the door and");
    const right = (body: Record<string, unknown>) => (String(body.prompt).startsWith("Zürich") ? count : 1);
    for (const [extra, known] of [
      [0, true],
      [1, true],
      [5, false],
    ] as const) {
      const server = await serve([{ id: "gpt-4o" }], {
        "/v1/completions": (body) => ({
          choices: [{ text: " and", finish_reason: "length" }],
          usage: { prompt_tokens: right(body) + (right(body) > 1 ? extra : 0) },
        }),
      });
      const engine = await opened(server, "gpt-4o", "o200k_base");
      expect(engine.capabilities.tokenize.available, `${extra} more`).toBe(known);
      if (known)
        expect((await engine.tokenize(" strawberry", { parseSpecial: false, addBos: true })).tokens).toHaveLength(1);
    }
  });
});

it("says which models there are when the wanted one has gone", async () => {
  const server = await serve([{ id: "a" }, { id: "b" }], {});
  await expect(opened(server, "c")).rejects.toThrow(/has no model called “c” now. It has: a, b/);
});

it("tells a server that speaks another language", async () => {
  const server = await serve([], {});
  await expect(opened(server, "m")).rejects.toMatchObject({
    code: "server",
    message: expect.stringContaining(server.host),
  });
});
