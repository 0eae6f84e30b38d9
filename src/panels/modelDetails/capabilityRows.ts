import { l10n } from "vscode";
import type { CapabilityRow } from "../../../webview/modelDetails/protocol";
import type { Capabilities, Capability } from "../../inference/engine";
import { formatCount } from "../../tokens/format";

/** What an engine can give, in the words of a person who wants to use it. */
export function capabilityRows(capabilities: Capabilities): CapabilityRow[] {
  const { completion, chat, tokenize, score, next, sample, sampleLogProbs, seeds, grammar, logitBias } = capabilities;
  return [
    row(l10n.t("Goes on with a text"), completion, () => l10n.t("raw prompts, no template")),
    row(l10n.t("Answers a chat"), chat, () => l10n.t("through its own template")),
    row(l10n.t("Tells tokens"), tokenize, () => l10n.t("ids and their places in the text")),
    row(l10n.t("Surprisal of a text"), score, ({ topK, exactEntropy }) => top(topK, exactEntropy)),
    row(l10n.t("Distribution of the next token"), next, ({ topK, exactEntropy }) => top(topK, exactEntropy)),
    row(l10n.t("Samples"), sample, ({ parallel }) =>
      parallel === 1 ? l10n.t("one at a time") : l10n.t("{0} at a time", formatCount(parallel)),
    ),
    row(l10n.t("Probabilities of samples"), sampleLogProbs, ({ topK, raw }) =>
      raw
        ? l10n.t("before the sampler, {0} alternatives", alternatives(topK))
        : l10n.t("after the server's sampler, {0} alternatives", alternatives(topK)),
    ),
    row(l10n.t("Same seed, same text"), seeds, () => ""),
    row(l10n.t("Grammars and JSON schemas"), grammar, () => ""),
    row(l10n.t("Logit bias"), logitBias, () => ""),
  ];
}

function row<Detail>(name: string, capability: Capability<Detail>, note: (detail: Detail) => string): CapabilityRow {
  return capability.available
    ? { name, available: true, note: note(capability) }
    : { name, available: false, note: capability.reason };
}

function top(topK: number, exactEntropy: boolean): string {
  const entropy = exactEntropy ? l10n.t("entropy over the whole vocabulary") : l10n.t("entropy is a lower bound");
  return l10n.t("{0} alternatives, {1}", alternatives(topK), entropy);
}

function alternatives(topK: number): string {
  return Number.isFinite(topK) ? formatCount(topK) : l10n.t("all");
}
