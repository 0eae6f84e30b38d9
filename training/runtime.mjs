/**
 * The real runtime for evaluate.py: node-llama-cpp on one CPU thread.
 *
 * Run as `node runtime.mjs MODEL.gguf`. Reads one JSON request a line from
 * standard input and writes one JSON reply a line, in order:
 *
 *   {"text", "most", "temperature", "seed", "scored"}  ->  {"ids", "logprob", "finished"}; no logprob unless scored
 *   {"text", "top"}                          ->  {"next"}       [id, ln p] of so many likeliest next tokens
 *   {"tokenize"}                             ->  {"ids"}        special tokens read as such
 *   {"close": true}                          ->  {"seconds", "tokens"} spent generating, then it ends
 */
import { createInterface } from "node:readline";
import { getLlama } from "node-llama-cpp";

const THREADS = 1;
const END_OF_TEXT = 0;
const TURN_END = 2;
const WHOLE_DISTRIBUTION = { topK: 0, topP: 1, minP: 0 };

const llama = await getLlama({ gpu: false, maxThreads: THREADS, build: "never", logLevel: "error" });
const loading = performance.now();
const model = await llama.loadModel({ modelPath: process.argv[2] });
const context = await model.createContext({ contextSize: model.trainContextSize, threads: THREADS });
const sequence = context.getSequence();
const loadSeconds = (performance.now() - loading) / 1000;

let spent = 0;
let generated = 0;

/** Ids of a prompt: the end-of-text token first, as the model's training rows have it. */
function promptTokens(text) {
  return [END_OF_TEXT, ...model.tokenize(text, true)];
}

/** Natural log of the sum of all tokens' exponentials: the likeliest one's is among the logits. */
function logTotal({ logits, totalLogitWeight }) {
  return Math.max(...logits.values()) + Math.log(totalLogitWeight);
}

/** Natural log of the probability of each token of `next`, which follows `before`. */
async function logprobs(before, next) {
  await sequence.clearHistory();
  const all = [...before, ...next];
  const first = before.length - 1;
  const input = all.slice(0, -1).map((token, i) =>
    i < first
      ? token
      : [
          token,
          {
            generateNext: {
              logits: { filter: { tokens: [all[i + 1]], includeTop: 1 } },
              totalLogitWeight: true,
              options: { temperature: 0 },
            },
          },
        ],
  );
  const output = await sequence.controlledEvaluate(input);
  return next.map((token, i) => {
    const found = output[first + i].next;
    return found.logits.get(token) - logTotal(found);
  });
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The likeliest next tokens with the natural log of their probability. */
async function likeliest(text, top) {
  const prompt = promptTokens(text);
  await sequence.clearHistory();
  const asked = { logits: { filter: { includeTop: top } }, totalLogitWeight: true, options: { temperature: 0 } };
  const output = await sequence.controlledEvaluate([...prompt.slice(0, -1), [prompt.at(-1), { generateNext: asked }]]);
  const found = output.at(-1).next;
  const all = logTotal(found);
  return [...found.logits].map(([token, logit]) => [token, logit - all]);
}

async function generate({ text, most, temperature = 0, seed = 0, scored = false }) {
  const prompt = promptTokens(text);
  await sequence.clearHistory();
  const ids = [];
  let finished = false;
  let started = 0;
  const sampler = temperature === 0 ? { temperature } : { temperature, seed, ...WHOLE_DISTRIBUTION };
  for await (const token of sequence.evaluate(prompt, { ...sampler, yieldEogToken: true })) {
    if (ids.length === 0) started = performance.now();
    finished = token === END_OF_TEXT || token === TURN_END;
    ids.push(token);
    if (finished || ids.length >= most) break;
  }
  spent += (performance.now() - started) / 1000;
  generated += ids.length - 1;
  const logprob = scored ? mean(await logprobs(prompt, ids)) : null;
  return { ids: finished ? ids.slice(0, -1) : ids, logprob, finished };
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  let reply;
  if (request.close) reply = { seconds: spent, tokens: generated, loadSeconds };
  else if (request.tokenize !== undefined) reply = { ids: model.tokenize(request.tokenize, true) };
  else if (request.top !== undefined) reply = { next: await likeliest(request.text, request.top) };
  else reply = await generate(request);
  process.stdout.write(`${JSON.stringify(reply)}\n`);
  if (request.close) break;
}
await llama.dispose();
process.stdin.destroy();
