import { l10n } from "vscode";
import type { Alternative } from "../../inference/engine";
import { bitsOf, natsToBits, stepOf } from "../../inference/surprisal";
import { formatCount } from "../../tokens/format";
import { ago } from "../hover/ago";
import { shortened, visibleText } from "../hover/display";
import { code, escapeHtml, image, link, muted } from "../hover/html";
import type { FileToken, TokenPart } from "./fileTokens";
import { formatBits, formatEntropy, formatProbability, formatRank } from "./numbers";
import type { Palette } from "./palette";
import { barSvg, rulerHeight, rulerSvg, rulerWidth } from "./pictures";
import { massOfOthers } from "./scoredPrompt";

const noBreak = "\u00a0";

/** What the hover says of a token. Links are command URIs made by the caller. */
export interface SurprisalCard {
  readonly token: FileToken;
  /** The tokens that the template writes at this place. */
  readonly added: readonly FileToken[];
  readonly vocabulary: number | undefined;
  /** Alternatives the engine looked at. */
  readonly looked: number;
  /** Alternatives shown. */
  readonly shown: number;
  /** The model was not given all that comes before: how many tokens it was given. */
  readonly given: number | undefined;
  readonly secondsAgo: number;
  readonly palette: Palette;
  readonly highContrast: boolean;
  readonly links: CardLinks;
}

export interface CardLinks {
  /** Undefined where its text cannot be put into the file: special tokens, parts of a character. */
  replace(alternative: Alternative): string | undefined;
  branch(alternative: Alternative | undefined): string;
  readonly continue: string;
  /** Scores again; for stale tokens. */
  readonly refresh: string;
}

/**
 * The card as HTML and Markdown for an editor hover. VS Code gives a hover 250 px of height before it scrolls: the usual
 * card stays within, which is why alternatives are lines in the editor's font and not rows of a table.
 */
export function surprisalMarkdown(card: SurprisalCard): string {
  const { token } = card;
  const part = token.parts[0];
  const sections: string[] = [];
  if (part) {
    sections.push(headLines(card));
    if (token.parts.length > 1) sections.push(partsTable(token));
    if (part.score.top.length > 0) sections.push(alternatives(part, card));
  }
  if (card.added.length > 0) sections.push(templateText(card.added));
  sections.push(lastLine(card));
  return sections.join("\n\n");
}

/** The token, its bits and their place on the scale of steps, beside what was to be expected. */
function headLines(card: SurprisalCard): string {
  const { bits, parts } = card.token;
  const head = `${chip(card.token, card)}&ensp;`;
  if (bits === undefined)
    return `${head}${muted(escapeHtml(l10n.t("nothing before it, so no probability and no surprise")))}`;
  const entropy = parts[0]?.score.entropy;
  const expected = entropy
    ? `▽ ${l10n.t("{0} expected (entropy)", formatEntropy(entropy))}`
    : l10n.t("this model gives no entropy");
  const ruler = rulerSvg(bits, entropy && natsToBits(entropy.nats), card.palette);
  return (
    `${head}**${escapeHtml(formatBits(bits))}**&ensp;${muted(escapeHtml(headText(card)))}<br>` +
    `${image(ruler, formatBits(bits), rulerWidth, rulerHeight)}&ensp;${muted(escapeHtml(expected))}`
  );
}

/** "0.021 % · rank 388 of 49,152" */
export function headText({ token, vocabulary, looked }: SurprisalCard): string {
  const scores = token.parts.map(({ score }) => score);
  const [first] = scores;
  if (!first || token.bits === undefined) return l10n.t("nothing before it, so no probability");
  const probability = formatProbability(2 ** -token.bits);
  if (scores.length > 1) return l10n.t("{0} · {1} tokens, one character", probability, scores.length);
  return `${probability} · ${formatRank(first.rank, vocabulary, looked)}`;
}

function alternatives({ score, token }: TokenPart, card: SurprisalCard): string {
  const shown = score.top.slice(0, card.shown);
  const largest = Math.max(...shown.map(({ logProb }) => Math.exp(logProb)));
  const others = massOfOthers(shown);
  const othersText =
    card.vocabulary === undefined
      ? l10n.t("others")
      : l10n.t("{0} others", formatCount(card.vocabulary - shown.length));
  const rows = shown.map((alternative) => ({
    name: alternativeText(alternative),
    p: Math.exp(alternative.logProb),
    here: alternative.id === token.id,
    actions: alternative.id === token.id ? muted(escapeHtml(l10n.t("stands here"))) : actionsOf(alternative, card),
  }));
  if (others > 0.0005) rows.push({ name: othersText, p: others, here: false, actions: "" });
  const nameWidth = Math.max(...rows.map(({ name }) => [...name].length));
  const numberWidth = Math.max(...rows.map(({ p }) => formatProbability(p).length));
  const lines = rows.map(({ name, p, here, actions }, index) => {
    const padded = code(`${name}${noBreak.repeat(nameWidth - [...name].length)}`);
    const bar = image(barSvg(p / largest, card.palette, index >= shown.length), "", 96, 10);
    const number = code(formatProbability(p).replaceAll(" ", noBreak).padStart(numberWidth, noBreak));
    return `${here ? `<strong>${padded}</strong>` : padded} ${bar} ${number}&ensp;${actions}`;
  });
  return lines.join("<br>");
}

function actionsOf(alternative: Alternative, { links }: SurprisalCard): string {
  const replace = links.replace(alternative);
  return [
    ...(replace === undefined
      ? []
      : [link(replace, l10n.t("Replace"), l10n.t("Replace the token that stands here and continue from there"))]),
    link(links.branch(alternative), l10n.t("Branch"), l10n.t("Go on with it in the next-token explorer")),
  ].join("&ensp;");
}

/** What a person sees of an alternative. */
export function alternativeText({ text, bytes }: Alternative): string {
  return text.includes("\ufffd") && bytes !== undefined ? `⟨${bytes}⟩` : shortened(visibleText(text), 24);
}

function partsTable({ parts }: FileToken): string {
  const rows = parts.map(({ token, score }, index) => {
    const bits = score.logProb === undefined ? "–" : formatBits(bitsOf(score.logProb));
    const name = l10n.t("part {0}", index + 1);
    return `<tr><td>${muted(escapeHtml(name))}&emsp;</td><td><code>${token.bytes ?? escapeHtml(visibleText(token.text))}</code>&emsp;</td><td align="right">${escapeHtml(bits)}</td></tr>`;
  });
  return `<table>${rows.join("")}</table>`;
}

function templateText(added: readonly FileToken[]): string {
  const tokens = added.map(({ parts, bits }) => {
    const text = escapeHtml(visibleText(parts.map(({ token }) => token.text).join("")));
    return `<code>${text}</code> ${bits === undefined ? "–" : bits.toFixed(1)}`;
  });
  return `${muted(escapeHtml(l10n.t("Written here by the chat template, with bits")))}<br>${tokens.join("&ensp;")}`;
}

function lastLine({ token, given, secondsAgo, links }: SurprisalCard): string {
  const notes = [
    ...(given === undefined ? [] : [l10n.t("Given the {0} tokens before it, not the whole text.", formatCount(given))]),
    ...(token.stale ? [l10n.t("Stale: the text here or before it changed since.")] : []),
  ];
  const note = notes.join(" ") || l10n.t("Scored {0} ago", ago(secondsAgo));
  return [
    ...(token.stale ? [link(links.refresh, l10n.t("Score again"), "")] : []),
    link(links.continue, l10n.t("Continue from here"), ""),
    link(
      links.branch(undefined),
      l10n.t("Next-token explorer"),
      l10n.t("What comes next here: the model’s own distribution, and what a sampler makes of it"),
    ),
    muted(escapeHtml(note)),
  ].join("&ensp;");
}

function chip(token: FileToken, card: SurprisalCard): string {
  const text = escapeHtml(shortened(visibleText(token.parts.map((part) => part.token.text).join(""))));
  const step = token.bits === undefined ? 0 : stepOf(token.bits);
  if (step === 0 || card.highContrast || token.stale) return `<code>${text}</code>`;
  const fill = `background-color:var(--vscode-promptscope-surprisal${step});`;
  const color = step > 1 ? "color:var(--vscode-promptscope-surprisalText);" : "";
  return `<code><span style="${color}${fill}border-radius:2px;">${text}</span></code>`;
}
