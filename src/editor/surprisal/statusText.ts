import { l10n } from "vscode";
import { formatCount } from "../../tokens/format";
import { formatPerplexity, formatProbability } from "./numbers";
import type { ScoringFacts, ScoringState } from "./scoring";
import type { Summary } from "./summary";

export interface SurprisalStatus {
  readonly state: ScoringState;
  readonly facts: ScoringFacts | undefined;
  readonly summary: Summary;
  /** Lines of what was scored, from 1. */
  readonly lines: { readonly from: number; readonly to: number } | undefined;
}

/** One line for the status bar. */
export function surprisalText({ state, facts, summary }: SurprisalStatus): string {
  switch (state.kind) {
    case "loading":
      return `$(loading~spin) ${state.progress?.message ?? l10n.t("loading model")}`;
    case "scoring":
      return l10n.t("$(loading~spin) scored {0} of {1} tokens", formatCount(state.done), formatCount(state.total));
    case "failed":
      return l10n.t("$(error) surprisal: not scored");
    case "stopped":
      return l10n.t("$(debug-stop) surprisal: stopped");
    case "stale":
      return `$(history) ${numbers(summary, facts)} · ${state.waiting ? l10n.t("text changed") : l10n.t("stale")}`;
    case "ready":
      return facts ? `$(graph) ${numbers(summary, facts)}` : l10n.t("$(graph) nothing to score");
  }
}

/** "perplexity 4.2 · 0.71 bits/char · SmolLM2-135M" */
function numbers({ perplexity, bitsPerCharacter }: Summary, facts: ScoringFacts | undefined): string {
  if (perplexity === undefined || bitsPerCharacter === undefined || !facts) return l10n.t("surprisal");
  return l10n.t(
    "perplexity {0} · {1} bits/char · {2}",
    formatPerplexity(perplexity),
    bitsPerCharacter.toFixed(2),
    facts.model.name,
  );
}

/** "raw text, 309 tokens of lines 1–39, 0.4 s" */
export function scopeText({ facts, lines, summary }: SurprisalStatus): string {
  if (!facts || !lines) return "";
  const kind =
    facts.kind === "chat" ? l10n.t("chat") : facts.selection ? l10n.t("selection as raw text") : l10n.t("raw text");
  const tokens = formatCount(summary.tokens);
  const seconds = (facts.ms / 1000).toFixed(1);
  return lines.from === lines.to
    ? l10n.t("{0}, {1} tokens of line {2}, {3} s", kind, tokens, formatCount(lines.from), seconds)
    : l10n.t(
        "{0}, {1} tokens of lines {2}–{3}, {4} s",
        kind,
        tokens,
        formatCount(lines.from),
        formatCount(lines.to),
        seconds,
      );
}

/** What the numbers rest on, as sentences. */
export function notes(status: SurprisalStatus): string[] {
  const { state, facts, summary } = status;
  if (state.kind === "failed") return [state.message];
  if (!facts) return [];
  const all: string[] = [];
  if (summary.perplexity !== undefined)
    all.push(
      l10n.t(
        "Perplexity {0}: on average as unsure as between {0} equally likely tokens (a token had {1} on the geometric mean).",
        formatPerplexity(summary.perplexity),
        formatProbability(1 / summary.perplexity),
      ),
    );
  if (facts.kind === "chat")
    all.push(l10n.t("Scored through the model’s chat template. The numbers are of the messages alone."));
  if (facts.selection) all.push(l10n.t("The selection alone: the model was not given the text around it."));
  const { contextSize } = facts.model;
  if (contextSize !== undefined && facts.promptTokens > contextSize && facts.kind === "raw")
    all.push(
      l10n.t(
        "Longer than the model’s context of {0} tokens: read in overlapping windows, each token given at least the {1} tokens before it (all there are in the first window).",
        formatCount(contextSize),
        formatCount(summary.leastGiven ?? Math.floor(contextSize / 2)),
      ),
    );
  if (facts.cut)
    all.push(
      l10n.t(
        "Only {0} tokens around the visible part were scored: the setting promptscope.surprisal.maxTokens says how many.",
        formatCount(facts.wanted),
      ),
    );
  if (facts.kept > 0 && state.kind === "ready")
    all.push(l10n.t("{0} tokens before the last change were kept.", formatCount(facts.kept)));
  if (state.kind === "stale")
    all.push(
      state.waiting
        ? l10n.t("The text changed: what comes after the change is dotted until it is scored again.")
        : l10n.t("The text changed: what comes after the change is dotted. Score it again with the link below."),
    );
  return all;
}
