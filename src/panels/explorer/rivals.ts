import type { Comparison } from "../../../webview/explorer/protocol";
import type { ExploredPrompt, Rival } from "../../experiments/explorer/data";
import type { ExplorerReport } from "../../experiments/explorer/report";
import type { Models } from "../../models/models";
import { nameOf } from "./knownModels";
import { chatOf } from "./promptSource";
import { withText } from "./views";

/** The other side that a preset stands for. */
export function rivalFor(asked: Exclude<Comparison, { with: "model" }>, report: ExplorerReport, models: Models): Rival {
  const { now, sampler } = report;
  switch (asked.with) {
    case "temperature":
      return { model: null, prompt: null, sampler: { ...sampler, temperature: asked.temperature } };
    case "prompt":
      return { model: null, prompt: withText(now.prompt, asked.text), sampler };
    case "otherForm": {
      const prompt = otherForm(now.prompt);
      const role = prompt.as === "chat" ? "chat" : "base";
      // The other half of the pair where the own model is one, or where it has no template for a chat.
      const paired = now.model.id === models.defaultFor(role === "chat" ? "base" : "chat");
      const change = paired || (role === "chat" && !now.model.hasChatTemplate);
      return { model: change ? nameOf(models, models.defaultFor(role)) : null, prompt, sampler };
    }
  }
}

/** The same text the other way round: a raw text as the only message, a chat's contents one after the other. */
export function otherForm(prompt: ExploredPrompt): ExploredPrompt {
  const { parseSpecial } = prompt;
  if (prompt.as === "text") return chatOf(prompt.text, parseSpecial);
  const texts = [...prompt.messages.map(({ content }) => content), prompt.answerStart].filter((each) => each !== "");
  return { as: "text", text: texts.join("\n\n"), parseSpecial };
}
