import { l10n } from "vscode";
import { formatBytes, formatCount } from "../tokens/format";
import type { ModelEntry, ModelRole } from "./models";

/** "speed measured": whole tokens from 10 on. */
export function formatSpeed(tokensPerSecond: number): string {
  const digits = tokensPerSecond < 10 ? tokensPerSecond.toFixed(1) : formatCount(tokensPerSecond);
  return l10n.t("{0} tokens/s", digits);
}

/** What state a model is in, in a word or two. */
export function stateText({ state }: ModelEntry): string {
  switch (state.kind) {
    case "notLoaded":
      return l10n.t("not loaded");
    case "loading":
      return state.progress.fraction === undefined
        ? l10n.t("loading")
        : l10n.t("loading, {0} %", Math.floor(state.progress.fraction * 100));
    case "ready":
      return l10n.t("running");
    case "failed":
      return l10n.t("failed");
  }
}

/** What is measured or known of a model besides its name: "5.1 MB", "1,024 tokens", "820 tokens/s". */
export function figures(entry: ModelEntry): string[] {
  const { state, bytes } = entry;
  const ready = state.kind === "ready" ? state : undefined;
  const context = ready?.facts.contextSize;
  const speed = ready?.running.tokensPerSecond;
  return [
    ...(speed === undefined ? [] : [formatSpeed(speed)]),
    ...(bytes === undefined ? [] : [formatBytes(bytes)]),
    ...(context === undefined ? [] : [l10n.t("{0} tokens", formatCount(context))]),
  ];
}

/** "default: chat, judging"; undefined for a model that is none. */
export function shortDefaultText(id: string, defaultFor: (role: ModelRole) => string): string | undefined {
  const roles = rolesOf(id, defaultFor);
  return roles.length === 0 ? undefined : l10n.t("default: {0}", roles.join(", "));
}

/** "default for chat and judging"; undefined for a model that is none. */
export function defaultText(id: string, defaultFor: (role: ModelRole) => string): string | undefined {
  const roles = rolesOf(id, defaultFor);
  const last = roles.pop();
  if (last === undefined) return undefined;
  return roles.length === 0
    ? l10n.t("default for {0}", last)
    : l10n.t("default for {0} and {1}", roles.join(", "), last);
}

function rolesOf(id: string, defaultFor: (role: ModelRole) => string): string[] {
  return (["base", "chat", "judge"] as const).filter((role) => defaultFor(role) === id).map(roleName);
}

/** The word for a role where a person reads it. */
function roleName(role: ModelRole): string {
  switch (role) {
    case "base":
      return l10n.t("text");
    case "chat":
      return l10n.t("chat");
    case "judge":
      return l10n.t("judging");
  }
}

export function kindName(kind: ModelEntry["kind"]): string {
  switch (kind) {
    case "builtIn":
      return l10n.t("Built in");
    case "gguf":
      return l10n.t("On this machine");
    case "served":
      return l10n.t("Served");
    case "editor":
      return l10n.t("From VS Code");
  }
}

/** In the order of lists. */
export const modelKinds = ["builtIn", "gguf", "served", "editor"] as const satisfies readonly ModelEntry["kind"][];
