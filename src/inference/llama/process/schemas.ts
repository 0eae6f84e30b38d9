import * as v from "valibot";
import type {
  Alternative,
  Capabilities,
  Distribution,
  ModelFacts,
  NextOptions,
  Prompt,
  PromptToken,
  SampleEvent,
  SampleRequest,
  ScoreOptions,
  TokenizeOptions,
  TokenScore,
} from "../../engine";

/** The engine contract's plain data as schemas: whatever crosses between the extension host and a model process. */

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const ids = v.array(count);

const message = v.object({ role: v.string(), content: v.string(), name: v.exactOptional(v.string()) });

export const prompt: v.GenericSchema<unknown, Prompt> = v.variant("kind", [
  v.object({ kind: v.literal("text"), text: v.string(), parseSpecial: v.exactOptional(v.boolean()) }),
  v.object({
    kind: v.literal("chat"),
    messages: v.array(message),
    addGenerationPrompt: v.exactOptional(v.boolean()),
    answerStart: v.exactOptional(v.string()),
    parseSpecial: v.exactOptional(v.boolean()),
    templateValues: v.exactOptional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
  }),
  v.object({ kind: v.literal("tokens"), ids }),
]);

export const tokenizeOptions: v.GenericSchema<unknown, TokenizeOptions> = v.object({
  parseSpecial: v.boolean(),
  addBos: v.boolean(),
});

/** Infinity asks for the whole vocabulary. */
const topK = v.pipe(v.number(), v.minValue(0));

export const scoreOptions: v.GenericSchema<unknown, ScoreOptions> = v.object({ topK, from: v.exactOptional(count) });
export const nextOptions: v.GenericSchema<unknown, NextOptions> = v.object({ topK, ids: v.exactOptional(ids) });

export const sampleRequest: v.GenericSchema<unknown, SampleRequest> = v.object({
  prompt,
  seeds: ids,
  sampler: v.object({
    temperature: v.number(),
    topK: v.number(),
    topP: v.number(),
    minP: v.number(),
    repetitionPenalty: v.number(),
  }),
  maxTokens: v.number(),
  stop: v.exactOptional(v.array(v.string())),
  stopTokens: v.exactOptional(ids),
  logitBias: v.exactOptional(v.array(v.object({ id: count, bias: v.number() }))),
  grammar: v.exactOptional(
    v.variant("kind", [
      v.object({ kind: v.literal("gbnf"), text: v.string() }),
      v.object({ kind: v.literal("jsonSchema"), schema: v.record(v.string(), v.unknown()) }),
    ]),
  ),
  topK,
});

const tokenText = {
  id: count,
  text: v.string(),
  bytes: v.exactOptional(v.string()),
  special: v.exactOptional(v.boolean()),
};
const entropy = v.object({ nats: v.number(), exact: v.boolean() });

export const alternative: v.GenericSchema<unknown, Alternative> = v.object({
  ...tokenText,
  logProb: v.number(),
  logit: v.exactOptional(v.number()),
});

export const promptToken: v.GenericSchema<unknown, PromptToken> = v.object({
  ...tokenText,
  offset: count,
  message: v.exactOptional(count),
});

export const tokenScore: v.GenericSchema<unknown, TokenScore> = v.object({
  logProb: v.undefinedable(v.number()),
  rank: v.undefinedable(count),
  entropy: v.undefinedable(entropy),
  top: v.array(alternative),
});

export const sampleEvent: v.GenericSchema<unknown, SampleEvent> = v.variant("kind", [
  v.object({
    kind: v.literal("token"),
    sample: count,
    token: v.object({
      ...tokenText,
      logProb: v.undefinedable(v.number()),
      sampledWith: v.undefinedable(v.number()),
      entropy: v.undefinedable(entropy),
      top: v.array(alternative),
    }),
  }),
  v.object({
    kind: v.literal("end"),
    sample: count,
    reason: v.picklist(["endToken", "stopText", "stopToken", "maxTokens", "contextFull", "grammar"]),
    text: v.string(),
    tokens: count,
  }),
]);

/** What `next` says beside its alternatives. */
export const distributionRest: v.GenericSchema<unknown, Omit<Distribution, "top">> = v.object({
  asked: v.array(alternative),
  entropy,
  tail: v.number(),
  promptTokens: count,
});

export const modelFacts: v.GenericSchema<unknown, ModelFacts> = v.object({
  id: v.string(),
  name: v.string(),
  kind: v.picklist(["builtIn", "gguf", "served", "editor"]),
  contextSize: v.undefinedable(count),
  vocabularySize: v.undefinedable(count),
  hasChatTemplate: v.boolean(),
  addsBos: v.boolean(),
  build: v.string(),
  fingerprint: v.undefinedable(v.string()),
});

const missing = v.object({ available: v.literal(false), reason: v.string() });
const given = <T extends v.ObjectEntries>(entries: T) =>
  v.variant("available", [v.object({ available: v.literal(true), ...entries }), missing]);
const plain = given({});
const distribution = given({ topK, exactEntropy: v.boolean() });

export const capabilities: v.GenericSchema<unknown, Capabilities> = v.object({
  completion: plain,
  chat: plain,
  tokenize: plain,
  score: distribution,
  next: distribution,
  sample: given({ parallel: count }),
  sampleLogProbs: given({ topK, raw: v.boolean() }),
  seeds: plain,
  grammar: plain,
  logitBias: plain,
});
