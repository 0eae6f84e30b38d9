import { l10n } from "vscode";
import type { DocumentCount } from "../../tokens/documentCounts";
import { formatCount, formatShare, formatTokens, formatWindow } from "../../tokens/format";

/** Tokens of what is selected (all cursors); "counting" while a large selection is on its way. */
export type SelectionCount =
  | { readonly kind: "none" }
  | { readonly kind: "counting" }
  | { readonly kind: "counted"; readonly tokens: number };

export interface StatusText {
  readonly text: string;
  /** For screen readers: the same without signs. */
  readonly spoken: string;
  readonly tone: "plain" | "warning" | "error";
}

/** Amber and red begin at these shares of the context window. */
const warningShare = 0.75;
const errorShare = 0.9;
/** What the status bar says: "1,284 tokens · o200k_base · 1.0 % of 128k". */
export function statusText(count: DocumentCount, selected: SelectionCount): StatusText {
  const { asked, contextWindow } = count.selection;
  switch (count.kind) {
    case "loading":
      return plain(`$(loading~spin) ${l10n.t("loading {0}…", asked)}`, l10n.t("loading tokenizer {0}", asked));
    case "failed": {
      const text = l10n.t("no tokens: {0} not loaded", asked);
      return { text: `$(warning) ${text}`, spoken: `${text}. ${count.message}`, tone: "warning" };
    }
    case "counting": {
      const text = l10n.t("counting… {0} %", Math.floor(count.progress * 100));
      return plain(`$(loading~spin) ${text} · ${asked}`, `${text}, ${asked}`);
    }
    case "counted":
    case "sampled": {
      const approximate = count.selection.kind === "estimate" || count.kind === "sampled";
      const shown = selected.kind === "counted" ? selected.tokens : count.tokens;
      const share = shown / contextWindow;
      const tokens = counted(count.tokens, selected, approximate);
      const ofWindow = l10n.t("{0} of {1}", formatShare(share), formatWindow(contextWindow));
      return {
        text: `$(${gaugeIcon(share)}) ${tokens} · ${asked} · ${ofWindow}`,
        spoken: [tokens.replace("≈", l10n.t("about")), asked, l10n.t("{0} context window", ofWindow)].join(", "),
        tone: share >= errorShare ? "error" : share >= warningShare ? "warning" : "plain",
      };
    }
  }
}

/** The icon (of contributes.icons) for a share: anything above nothing shows, and only what is full looks full. */
export function gaugeIcon(share: number): string {
  if (share <= 0) return "promptscope-gauge-empty";
  const percent = Math.min(100, Math.floor(share * 10) * 10);
  return `promptscope-gauge-${percent === 0 ? "sliver" : percent}`;
}

function counted(tokens: number, selected: SelectionCount, approximate: boolean): string {
  if (selected.kind === "none") return formatTokens(tokens, approximate);
  const sign = approximate ? "≈ " : "";
  const part = selected.kind === "counting" ? "…" : `${sign}${formatCount(selected.tokens)}`;
  return l10n.t("{0} of {1} selected", part, formatTokens(tokens, approximate).replace("≈ ", ""));
}

function plain(text: string, spoken: string): StatusText {
  return { text, spoken, tone: "plain" };
}
