import { l10n } from "vscode";
import type { Capabilities, Capability, Engine } from "../inference/engine";
import { formatCount } from "../tokens/format";

/** What a model's server gives and leaves out, a line for each capability. */
export function serverReport({ model, capabilities }: Engine): string {
  return [model.build, "", ...lines(capabilities)].join("\n");
}

function lines(all: Capabilities): string[] {
  const { sampleLogProbs: drawn, score, sample } = all;
  return [
    line(l10n.t("Text prompts"), all.completion),
    line(l10n.t("Chats"), all.chat),
    line(l10n.t("Tokens of a text"), all.tokenize),
    line(
      l10n.t("Log-probabilities"),
      drawn,
      drawn.available
        ? drawn.raw
          ? l10n.t("{0} likeliest tokens, of the model itself", formatCount(drawn.topK))
          : l10n.t("{0} likeliest tokens, after the server's sampler", formatCount(drawn.topK))
        : undefined,
    ),
    line(
      l10n.t("Log-probabilities of a prompt"),
      score,
      score.available ? l10n.t("{0} likeliest tokens", formatCount(score.topK)) : undefined,
    ),
    line(l10n.t("Seeds"), all.seeds),
    line(l10n.t("Answers by a JSON schema"), all.grammar),
    line(l10n.t("Biased tokens"), all.logitBias),
    line(l10n.t("Samples side by side"), sample, sample.available ? formatCount(sample.parallel) : undefined),
  ];
}

function line(name: string, capability: Capability, detail?: string): string {
  if (!capability.available) return `✗ ${name}: ${capability.reason}`;
  return detail === undefined ? `✓ ${name}` : `✓ ${name}: ${detail}`;
}
