import type { Coin, ModelView, Outlook, PromptView, RivalView } from "../../../webview/explorer/protocol";
import { unmet } from "../../experiments/explorer/asking";
import type { ExploredModel, ExploredPrompt } from "../../experiments/explorer/data";
import {
  type ExplorerReport,
  type RivalReport,
  recentOf,
  samplerOnly,
  type Told,
} from "../../experiments/explorer/report";
import type { Capabilities } from "../../inference/engine";
import { missing } from "../runs/modelView";

/** What the panel shows of a model; before it was loaded, nothing is known to be missing. */
export function modelView(model: ExploredModel, capabilities: Capabilities | undefined): ModelView {
  const { id, name, build, contextSize, vocabularySize } = model;
  return {
    id,
    name,
    build,
    contextSize,
    vocabularySize,
    missing: {
      next: missing(capabilities?.next),
      score: missing(capabilities?.score),
      sample: missing(capabilities?.sample),
      text: missing(capabilities?.completion),
      chat: missing(capabilities?.chat),
      tokenize: missing(capabilities?.tokenize),
    },
  };
}

export function promptView(prompt: ExploredPrompt, { tokens, scores }: Pick<Told, "tokens" | "scores">): PromptView {
  const messages = prompt.as === "chat" ? prompt.messages : null;
  return {
    as: prompt.as,
    text: editableText(prompt),
    messages: messages?.map(({ role, content }) => ({ role, content })) ?? null,
    parseSpecial: prompt.parseSpecial,
    tokens: tokens && [...tokens],
    scores: scores && tokens?.length === scores.length ? [...scores] : null,
  };
}

/** A raw text, or the last thing a person says in a chat. */
export function editableText(prompt: ExploredPrompt): string {
  if (prompt.as === "text") return prompt.text;
  return (prompt.messages.findLast(({ role }) => role === "user") ?? prompt.messages.at(-1)!).content;
}

/** The prompt with that text changed. */
export function withText(prompt: ExploredPrompt, text: string): ExploredPrompt {
  if (prompt.as === "text") return { ...prompt, text };
  const user = prompt.messages.findLastIndex(({ role }) => role === "user");
  const place = user < 0 ? prompt.messages.length - 1 : user;
  const messages = prompt.messages.map((each, index) => (index === place ? { ...each, content: text } : each));
  return { ...prompt, messages };
}

export function outlookView(report: ExplorerReport): Outlook {
  const { hand } = report.now.tree;
  return { node: hand, distribution: report.outlooks.get(hand) ?? null, recent: recentOf(report.now) };
}

export function coinView({ seed, tosses, now }: ExplorerReport): Coin {
  return { seed, tosses: tosses.get(now.tree.hand) ?? 0 };
}

export function rivalView(
  report: ExplorerReport,
  given: RivalReport,
  capabilities: (modelId: string) => Capabilities | undefined,
): RivalView {
  const { rival } = given;
  const own = samplerOnly(rival);
  const model = given.model ?? (rival.model ? unmet(rival.model.id, rival.model.name, "gguf") : report.now.model);
  const told = own ? report.now : given;
  const { hand } = report.now.tree;
  const outlook = outlookView(report);
  return {
    rival,
    model: modelView(model, capabilities(model.id)),
    prompt: promptView(rival.prompt ?? report.now.prompt, told),
    outlook: own ? outlook : { ...outlook, distribution: given.outlooks.get(hand) ?? null },
    sameVocabulary: given.sameVocabulary,
  };
}
