import { l10n } from "vscode";
import { formatBytes, formatCount, formatShare } from "../../tokens/format";
import { type BudgetFile, type BudgetNode, type Sums, tokensOf } from "./budgetTree";
import type { SkipReason } from "./countProtocol";

/** What the numbers were counted with, and what they are shares of. */
export interface Measure {
  readonly tokenizer: string;
  /** True when the chosen model's own tokenizer is not known. */
  readonly approximate: boolean;
  readonly reason: string | undefined;
  /** Tokens. */
  readonly contextWindow: number;
}

const skipTexts: Readonly<Record<SkipReason, string>> = {
  binary: "binary",
  tooLarge: "over the size limit",
  unreadable: "cannot be read",
  link: "link, not followed",
  special: "not a regular file",
};

const gaugeCells = 20;

/** "≈ 1,284" for estimates. */
export function amount(tokens: number, measure: Measure): string {
  return `${measure.approximate ? "≈ " : ""}${formatCount(tokens)}`;
}

/** The line above the tree: "18,412 of 128,000 · 14.4 %". */
export function headline(total: Sums, measure: Measure): string {
  const share = formatShare(total.tokens / measure.contextWindow);
  return `${amount(total.tokens, measure)} of ${formatCount(measure.contextWindow)} · ${share}`;
}

/** The share as a row of cells; what is not zero fills at least one. */
export function gauge(share: number): string {
  const full = Math.min(gaugeCells, Math.ceil(share * gaugeCells));
  return "━".repeat(full) + "─".repeat(gaugeCells - full);
}

/** The line under the gauge: "9 files, o200k_base, exact". */
export function footnote(total: Sums, measure: Measure): string {
  const exact = !measure.approximate && total.damaged === 0;
  const parts = [files(total.counted), measure.tokenizer, exact ? "exact" : "estimate"];
  if (total.damaged > 0) parts.push(l10n.t("{0} not UTF-8", formatCount(total.damaged)));
  if (total.skipped > 0) parts.push(`${formatCount(total.skipped)} skipped`);
  return parts.join(", ");
}

/** Beside a node's name. */
export function description(node: BudgetNode, measure: Measure): string {
  if (node.kind === "folder") {
    const waiting = node.waiting > 0 ? " …" : "";
    return `${amount(node.tokens, measure)}${waiting} · ${formatShare(node.tokens / measure.contextWindow)} of window`;
  }
  const { state } = node;
  if (state.kind === "counted")
    return `${state.damaged && !measure.approximate ? "≈ " : ""}${amount(state.tokens, measure)}`;
  return state.kind === "waiting" ? "…" : `skipped: ${skipTexts[state.reason]}`;
}

/** Facts about a node, one a line, for its tooltip. */
export function facts(node: BudgetNode, total: Sums, measure: Measure): string[] {
  const lines = [node.path === "" ? node.name : node.path];
  if (node.kind === "file" && node.state.kind !== "counted") return [...lines, ...stateFacts(node)];
  const tokens = tokensOf(node);
  lines.push(`${amount(tokens, measure)} ${tokens === 1 ? "token" : "tokens"} (${measure.tokenizer})`);
  lines.push(
    `would fill ${formatShare(tokens / measure.contextWindow)} of a window of ${formatCount(measure.contextWindow)}`,
  );
  if (total.tokens > 0) lines.push(`${formatShare(tokens / total.tokens)} of all files shown`);
  if (node.kind === "folder") {
    const skipped = node.skipped > 0 ? `, ${formatCount(node.skipped)} skipped` : "";
    lines.push(`${files(node.counted)}, ${formatBytes(node.bytes)}${skipped}`);
  } else {
    lines.push(...stateFacts(node));
  }
  if (measure.approximate && measure.reason) lines.push(`≈ ${measure.reason}`);
  return lines;
}

/** For screen readers: name, kind and numbers as words. */
export function spoken(node: BudgetNode, measure: Measure): string {
  if (node.kind === "file" && node.state.kind !== "counted") {
    return `${node.name}, ${node.state.kind === "waiting" ? "not counted yet" : description(node, measure)}`;
  }
  const tokens = tokensOf(node);
  const about = measure.approximate ? "about " : "";
  const share = formatShare(tokens / measure.contextWindow);
  const kind = node.kind === "folder" ? `folder, ${files(node.counted)}, ` : "";
  return `${node.name}, ${kind}${about}${formatCount(tokens)} tokens, ${share} of the context window`;
}

/** Why a file has no count, or what its count rests on. */
export function stateNote(file: BudgetFile): string {
  const { state } = file;
  if (state.kind === "waiting") return "not counted";
  if (state.kind === "skipped") return [skipTexts[state.reason], state.detail].filter(Boolean).join(": ");
  return state.damaged ? "not UTF-8 throughout: the other bytes count as U+FFFD" : "";
}

function stateFacts(file: BudgetFile): string[] {
  const { state } = file;
  const note = stateNote(file);
  const lines = note === "" ? [] : [state.kind === "skipped" ? `Skipped: ${note}` : `≈ ${note}`];
  if (state.kind !== "waiting" && state.size !== undefined) lines.push(`${formatBytes(state.size)} on disk`);
  return state.kind === "waiting" ? ["not counted yet"] : lines;
}

function files(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "file" : "files"}`;
}
