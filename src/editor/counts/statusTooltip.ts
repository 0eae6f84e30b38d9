import { l10n } from "vscode";
import type { DocumentCount } from "../../tokens/documentCounts";
import { formatBytes, formatCount, formatPrice, formatShare, formatTokens } from "../../tokens/format";
import type { TextStatistics } from "../../tokens/textStatistics";

export interface Price {
  readonly perMillionTokens: number;
  readonly currency: string;
}

/**
 * The status bar's tooltip as Markdown: what is counted, how sure the number is, what it costs. `statistics` are of the
 * same text as the tokens; undefined while they are being counted.
 */
export function statusTooltip(
  count: DocumentCount,
  tokens: number,
  what: "file" | "selection",
  statistics: TextStatistics | undefined,
  price: Price | undefined,
): string {
  const { selection } = count;
  const approximate = selection.kind === "estimate" || count.kind === "sampled";
  const title = what === "file" ? l10n.t("Tokens of the file") : l10n.t("Tokens of the selection");
  const rows: [string, string][] = [
    [l10n.t("tokens"), formatTokens(tokens, approximate).replace(/ tokens?$/, "")],
    [
      l10n.t("of the context window"),
      `${formatShare(tokens / selection.contextWindow)} ${l10n.t("of {0}", formatCount(selection.contextWindow))}`,
    ],
  ];
  if (statistics) {
    rows.push([l10n.t("characters"), formatCount(statistics.characters)]);
    rows.push([l10n.t("words"), formatCount(statistics.words)]);
    rows.push([l10n.t("bytes"), bytes(statistics.bytes)]);
    if (tokens > 0) rows.push([l10n.t("characters per token"), (statistics.characters / tokens).toFixed(2)]);
  }
  if (price) {
    const amount = (tokens * price.perMillionTokens) / 1_000_000;
    const rate = l10n.t("at {0} per million", formatPrice(price.perMillionTokens, price.currency));
    rows.push([l10n.t("price to send"), `${approximate ? "≈ " : ""}${formatPrice(amount, price.currency)} ${rate}`]);
  }
  rows.push([l10n.t("tokenizer"), tokenizerName(count)]);
  const table = rows.map(([name, value]) => `| ${escapeMarkdown(name)} | ${escapeMarkdown(value)} |`);
  return [
    `**${title}**`,
    `| | |\n|:--|--:|\n${table.join("\n")}`,
    ...notes(count).map(escapeMarkdown),
    l10n.t("Click to pick another tokenizer."),
  ].join("\n\n");
}

function bytes(count: number): string {
  return count < 10_000 ? formatCount(count) : `${formatCount(count)} (${formatBytes(count)})`;
}

function tokenizerName({ selection }: DocumentCount): string {
  const { asked, tokenizer, model, kind } = selection;
  if (kind === "estimate") return l10n.t("{0}, standing in for {1}", tokenizer, model?.label ?? asked);
  return model ? l10n.t("{0} ({1}), exact", tokenizer, model.label) : l10n.t("{0}, exact", tokenizer);
}

/** Why a number is no more than an estimate. */
function notes(count: DocumentCount): string[] {
  const reasons: string[] = [];
  if (count.kind === "sampled") reasons.push(`≈ ${count.reason}`);
  if (count.selection.kind === "estimate" && count.selection.reason) reasons.push(`≈ ${count.selection.reason}`);
  return reasons;
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>$~]/g, "\\$&");
}
