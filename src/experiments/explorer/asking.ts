import { type Capability, type Engine, EngineError, type Prompt } from "../../inference/engine";
import type { ExploredModel, ExploredPrompt, ExploredToken } from "./data";
import type { ExplorerEvent, Side } from "./events";
import { distributionOf, modelOf, promptTokenOf, scoreOf } from "./fromEngine";
import { type ExplorerReport, recentOf, samplerOnly } from "./report";
import { idsOf, pathTo, textOf } from "./tree";

/** What a model has to be asked next, so that the report is whole for the node in hand. */
export interface Want {
  readonly what: "model" | "prompt" | "outlook" | "scores" | "rivalModel";
  readonly side: Side;
  readonly modelId: string;
}

/**
 * What is missing, the most wanted first; undefined when nothing is. `cannot` names what a model was found unable to give,
 * as `want` said it.
 */
export function wanted(report: ExplorerReport, cannot: (want: Want) => boolean): Want | undefined {
  const { now, rival } = report;
  const own = (what: Want["what"], there: boolean): Want[] =>
    there ? [] : [{ what, side: "own", modelId: now.model.id }];
  const { hand } = now.tree;
  const wants = [
    ...own("model", isMet(now.model)),
    ...own("prompt", now.tokens !== null),
    ...own("outlook", report.outlooks.has(hand)),
    ...own("scores", now.scores !== null),
  ];
  if (rival && !samplerOnly(rival.rival)) {
    const modelId = rival.rival.model?.id ?? now.model.id;
    const other = (what: Want["what"], there: boolean): Want[] => (there ? [] : [{ what, side: "rival", modelId }]);
    wants.push(
      ...other("rivalModel", rival.model !== null),
      ...other("prompt", rival.tokens !== null),
      ...other("outlook", rival.outlooks.has(hand)),
      ...other("scores", rival.scores !== null),
    );
  }
  return wants.find((want) => !cannot(want));
}

/** Asks the engine. Rejects with an EngineError; an "unsupported" one where the engine lacks the capability. */
export async function ask(
  want: Want,
  report: ExplorerReport,
  engine: Engine,
  signal: AbortSignal,
  ownEngine: () => Promise<Engine>,
): Promise<ExplorerEvent> {
  const { side } = want;
  const { capabilities } = engine;
  const prompt = promptOf(report, side);
  switch (want.what) {
    case "rivalModel": {
      const sameVocabulary = await sharesVocabulary(engine, ownEngine, signal);
      return { type: "rivalModel", model: modelOf(engine.model), sameVocabulary };
    }
    case "model":
      return { type: "model", model: modelOf(engine.model) };
    case "prompt": {
      need(prompt.as === "chat" ? capabilities.chat : capabilities.completion);
      need(capabilities.tokenize);
      const { tokens } = await engine.render(enginePrompt(prompt), signal);
      return { type: "prompt", side, tokens: tokens.map(promptTokenOf) };
    }
    case "scores": {
      need(capabilities.score);
      const { tokens } = await engine.score(enginePrompt(prompt), { topK: 0 }, signal);
      return { type: "scores", side, scores: tokens.map(scoreOf) };
    }
    case "outlook": {
      const { next } = capabilities;
      need(next);
      const options = { topK: topKFor(engine), ids: [...new Set(recentOf(report.now))] };
      const { hand } = report.now.tree;
      const answer = await engine.next(promptAt(report, side, engine), options, signal);
      const distribution = distributionOf(answer, engine.model.vocabularySize ?? null);
      return { type: "outlook", side, node: hand, distribution };
    }
  }
}

/** Vocabularies up to this size are asked for whole: every stage is exact then. */
const smallVocabulary = 4_096;
/** Of larger ones so many of the likeliest; the rest is one bucket. */
const topOfLarge = 1_000;

export function topKFor({ model, capabilities }: Engine): number {
  const most = capabilities.next.available ? capabilities.next.topK : 0;
  const small = model.vocabularySize !== undefined && model.vocabularySize <= smallVocabulary;
  return small && most >= model.vocabularySize ? Number.POSITIVE_INFINITY : Math.min(most, topOfLarge);
}

/** A model that is only named, and not known yet. */
export function unmet(id: string, name: string, kind: ExploredModel["kind"]): ExploredModel {
  const unknown = { contextSize: null, vocabularySize: null, fingerprint: null };
  return { id, name, kind, ...unknown, hasChatTemplate: true, addsBos: false, build: "" };
}

/** Models say what they are built of once they are loaded. */
export function isMet({ build }: ExploredModel): boolean {
  return build !== "";
}

/** The prompt of a side. */
function promptOf({ now, rival }: ExplorerReport, side: Side): ExploredPrompt {
  return (side === "rival" ? rival?.rival.prompt : undefined) ?? now.prompt;
}

/**
 * The prompt and the path to a node, as an engine takes them: tokens where it has them, so that nothing is tokenized
 * anew; text where it has none, or where the tokens of the path are another vocabulary's.
 */
export function promptAt(report: ExplorerReport, side: Side, engine: Engine, node = report.now.tree.hand): Prompt {
  const { now, rival } = report;
  const path = pathTo(now.tree, node);
  const tokens = side === "own" ? now.tokens : (rival?.tokens ?? null);
  const idsFit = side === "own" || rival?.sameVocabulary === true;
  if (tokens && engine.capabilities.tokenize.available && (idsFit || path.length === 0))
    return tokensPrompt(tokens, idsOf(path));
  return enginePrompt(promptOf(report, side), textOf(path));
}

function tokensPrompt(tokens: readonly ExploredToken[], path: readonly number[]): Prompt {
  return { kind: "tokens", ids: [...tokens.map(({ id }) => id), ...path] };
}

function enginePrompt(prompt: ExploredPrompt, after = ""): Prompt {
  const { parseSpecial } = prompt;
  if (prompt.as === "text") return { kind: "text", text: prompt.text + after, parseSpecial };
  const messages = prompt.messages.map(({ role, content, name }) => ({
    role,
    content,
    ...(name !== undefined && { name }),
  }));
  return { kind: "chat", messages, answerStart: prompt.answerStart + after, parseSpecial };
}

function need(capability: Capability): void {
  if (!capability.available) throw new EngineError("unsupported", capability.reason);
}

/** Of many kinds, so that two vocabularies that agree on it can hardly differ elsewhere. */
const probe = "The naïve café’s 1,234 θ-waves – Москва, 東京: don't\n\n\tif (x <= 9) { return `ß`; } // 🍓";

async function sharesVocabulary(
  engine: Engine,
  ownEngine: () => Promise<Engine>,
  signal: AbortSignal,
): Promise<boolean> {
  const own = await ownEngine();
  if (own.model.id === engine.model.id) return true;
  if (own.model.vocabularySize !== engine.model.vocabularySize) return false;
  if (!own.capabilities.tokenize.available || !engine.capabilities.tokenize.available) return false;
  const options = { parseSpecial: false, addBos: false };
  const [a, b] = await Promise.all([own.tokenize(probe, options, signal), engine.tokenize(probe, options, signal)]);
  return a.tokens.length === b.tokens.length && a.tokens.every(({ id }, index) => id === b.tokens[index]!.id);
}
