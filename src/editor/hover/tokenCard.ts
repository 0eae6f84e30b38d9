import { l10n } from "vscode";
import { colors } from "../../contributions";
import { formatCount } from "../../tokens/format";
import { hexBytes, shortened, visibleText } from "./display";
import { escapeHtml, muted } from "./html";

/** A piece of a word: a token's text in its band's colour. */
export interface Piece {
  readonly text: string;
  /** 0 to 5. */
  readonly color: number;
  /** It begins or ends inside a character, so its text alone is no text. */
  readonly partial: boolean;
}

/** How another tokenizer (or the chosen one, in the first row) splits the same word. */
export interface ComparedRow {
  readonly name: string;
  /** Undefined while the tokenizer or its count of the file is on its way. */
  readonly pieces?: readonly Piece[];
  readonly word?: number;
  readonly line?: number;
  readonly file?: number;
  /** Why there is nothing to show. */
  readonly failure?: string;
}

export interface TokenFacts {
  readonly id: number;
  readonly rank: number | undefined;
  readonly bytes: Uint8Array;
}

/** Everything the hover says about one token. */
export interface TokenCard {
  readonly piece: Piece;
  /** From 1. */
  readonly position: number;
  readonly total: number;
  /** False while the file is still being counted. */
  readonly totalIsFinal: boolean;
  readonly line: number;
  readonly positionInLine: number;
  readonly tokensInLine: number;
  /** The token alone, or all the tokens that share its character, in order. */
  readonly tokens: readonly TokenFacts[];
  /** Number of ranks the vocabulary has. */
  readonly ranks: number;
  readonly word: string;
  readonly wordPieces: readonly Piece[];
  readonly wordPosition: number;
  readonly compared: readonly ComparedRow[];
  /** A sentence when the tokenizer only stands in for the model's. */
  readonly estimate?: string;
  readonly highContrast: boolean;
}

/** The card as HTML and Markdown for an editor hover. Links are command URIs made by the caller. */
export function cardMarkdown(
  card: TokenCard,
  links: readonly { readonly label: string; readonly uri: string }[],
): string {
  const facts =
    card.tokens.length === 1 ? card.tokens.flatMap((token) => tokenFacts(token, card.ranks)) : sharedFacts(card);
  if (card.wordPieces.length > 1)
    facts.push([
      l10n.t("word"),
      `${chips(card.wordPieces, card.highContrast)} ${escapeHtml(l10n.t("piece {0} of {1}", card.wordPosition, card.wordPieces.length))}`,
    ]);
  const head = `${chips([card.piece], card.highContrast)}&emsp;${muted(escapeHtml(positionText(card)))}`;
  const table = `<table>${facts.map(([name, value]) => `<tr><td>${muted(escapeHtml(name))}&emsp;</td><td>${value}</td></tr>`).join("")}</table>`;
  return [
    head,
    "---",
    table,
    comparison(card),
    ...(card.estimate ? [`≈ ${escapeHtml(card.estimate)}`] : []),
    links.map(({ label, uri }) => `[${label}](${uri})`).join("&emsp;"),
  ].join("\n\n");
}

/** "token 128 of 1,284 · line 22, token 6 of 22" */
export function positionText(card: TokenCard): string {
  const total = `${formatCount(card.total)}${card.totalIsFinal ? "" : "…"}`;
  return l10n.t(
    "token {0} of {1} · line {2}, token {3} of {4}",
    formatCount(card.position),
    total,
    formatCount(card.line),
    formatCount(card.positionInLine),
    formatCount(card.tokensInLine),
  );
}

/** "92,492 of 199,998 (merged late: a rare piece)" */
export function rankText({ rank, bytes }: TokenFacts, ranks: number): string {
  if (rank === undefined) return bytes.length === 1 ? l10n.t("none: a single byte") : l10n.t("none");
  const place = l10n.t("{0} of {1}", formatCount(rank), formatCount(ranks));
  if (bytes.length === 1) return l10n.t("{0} (a single byte)", place);
  const share = rank / ranks;
  if (share < 0.05) return l10n.t("{0} (merged early: a common piece)", place);
  return share > 0.4 ? l10n.t("{0} (merged late: a rare piece)", place) : place;
}

function tokenFacts(token: TokenFacts, ranks: number): [string, string][] {
  return [
    [l10n.t("id"), `<code>${token.id}</code>&emsp;${muted(l10n.t("rank"))} ${escapeHtml(rankText(token, ranks))}`],
    [l10n.t("bytes"), `<code>${hexBytes(token.bytes)}</code> (${token.bytes.length})`],
  ];
}

/** Tokens that share a character, one in a row: alone none of them is text. */
function sharedFacts({ piece, tokens }: TokenCard): [string, string][] {
  const note = l10n.t("{0} is split into {1} tokens", visibleText(piece.text), tokens.length);
  const parts = tokens.map(({ id, bytes }, index): [string, string] => [
    l10n.t("part {0}", index + 1),
    `<code>${hexBytes(bytes)}</code> (${bytes.length})&emsp;${l10n.t("id")} <code>${id}</code>`,
  ]);
  return [[l10n.t("character"), escapeHtml(note)], ...parts];
}

function comparison(card: TokenCard): string {
  const word = escapeHtml(shortened(visibleText(card.word), 24));
  const head = [l10n.t("Tokenizer"), word, l10n.t("word"), l10n.t("line"), l10n.t("file")];
  const rows = card.compared.map((row, index) => {
    const name = index === 0 ? `<strong>${escapeHtml(row.name)}</strong>` : escapeHtml(row.name);
    if (row.failure)
      return `<tr><td>${name}&emsp;</td><td colspan="4">${escapeHtml(shortened(row.failure, 50))}</td></tr>`;
    const numbers = [row.word, row.line, row.file].map((number) => cell(number, index === 0));
    return `<tr><td>${name}&emsp;</td><td>${row.pieces ? chips(row.pieces, card.highContrast) : "…"}</td>${numbers.join("")}</tr>`;
  });
  const heads = head.map(
    (text, column) => `<td${column > 1 ? ' align="right"' : ""}>${column > 1 ? "&emsp;" : ""}${muted(text)}</td>`,
  );
  return `<table width="100%"><tr>${heads.join("")}</tr>${rows.join("")}</table>`;
}

function cell(number: number | undefined, strong: boolean): string {
  const text = number === undefined ? "…" : formatCount(number);
  return `<td align="right">&emsp;${strong ? `<strong>${text}</strong>` : text}</td>`;
}

function chips(pieces: readonly Piece[], highContrast: boolean): string {
  const parts = pieces.map(({ text, color, partial }) => {
    const shown = escapeHtml(partial ? "�" : shortened(visibleText(text)));
    const variable = `--vscode-${colors.tokens[color]?.replace(".", "-")}`;
    return highContrast ? shown : `<span style="background-color:var(${variable});border-radius:2px;">${shown}</span>`;
  });
  return `<code>${parts.join(highContrast ? "|" : "")}</code>`;
}
