import { l10n } from "vscode";
import type { Alternative } from "../../inference/engine";
import { bitsOf, stepOf } from "../../inference/surprisal";
import { formatCount } from "../../tokens/format";
import { shortened, visibleText } from "../hover/display";
import type { FileToken, TokenPart } from "./fileTokens";
import { formatBits, formatEntropy, formatProbability, formatRank } from "./numbers";
import type { Palette } from "./palette";
import { barSvg, dataUri, rulerSvg } from "./pictures";
import { massOfOthers } from "./scoredPrompt";

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

/** The card as HTML and Markdown for an editor hover. */
export function surprisalMarkdown(card: SurprisalCard): string {
  const { token, links } = card;
  const part = token.parts[0];
  const sections: string[] = [];
  if (part) {
    sections.push(`${chip(token, card)}&emsp;${muted(escapeHtml(headText(card)))}`, "---");
    sections.push(bitsText(card));
    if (token.bits !== undefined)
      sections.push(image(rulerSvg(token.bits, card.palette), formatBits(token.bits), 320, 34));
    if (token.parts.length > 1) sections.push(partsTable(token));
    if (part.score.top.length > 0) sections.push(alternatives(part, card));
  }
  if (card.added.length > 0) sections.push(templateText(card.added));
  sections.push(muted(escapeHtml(footText(card))));
  const actions = [
    ...(token.stale ? [`[${l10n.t("Score again")}](${links.refresh})`] : []),
    `[${l10n.t("Continue from here")}](${links.continue})`,
    `[${l10n.t("Open in next-token explorer")}](${links.branch(undefined)})`,
  ];
  return [...sections, actions.join("&emsp;")].join("\n\n");
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

function bitsText({ token }: SurprisalCard): string {
  if (token.bits === undefined) return escapeHtml(l10n.t("The first token has nothing that could make it expected."));
  const entropy = token.parts[0]?.score.entropy;
  const expected = entropy
    ? l10n.t("here, where {0} were to be expected (entropy)", formatEntropy(entropy))
    : l10n.t("here; this model gives no entropy");
  return `**${escapeHtml(formatBits(token.bits))}**&ensp;${muted(escapeHtml(expected))}`;
}

function alternatives(part: TokenPart, card: SurprisalCard): string {
  const { score, token } = part;
  const shown = score.top.slice(0, card.shown);
  const largest = Math.max(...shown.map(({ logProb }) => Math.exp(logProb)));
  const rows = shown.map((alternative) => {
    const p = Math.exp(alternative.logProb);
    const here = alternative.id === token.id;
    const replace = here ? undefined : card.links.replace(alternative);
    const actions = here
      ? [muted(escapeHtml(l10n.t("stands here")))]
      : [
          ...(replace === undefined
            ? []
            : [
                `<a href="${replace}" title="${escapeHtml(l10n.t("Replace and continue from there"))}">${l10n.t("Replace")}</a>`,
              ]),
          `<a href="${card.links.branch(alternative)}" title="${escapeHtml(l10n.t("Go on with it in the next-token explorer"))}">${l10n.t("Branch")}</a>`,
        ];
    const name = `<code>${escapeHtml(alternativeText(alternative))}</code>`;
    const bar = image(barSvg(p / largest, card.palette), "", 96, 10);
    return `<tr><td>${here ? `<strong>${name}</strong>` : name}&emsp;</td><td>${bar}&emsp;</td><td align="right">${formatProbability(p)}&emsp;</td><td align="right">${actions.join("&ensp;")}</td></tr>`;
  });
  const others = massOfOthers(shown);
  const count =
    card.vocabulary === undefined
      ? l10n.t("others")
      : l10n.t("{0} others", formatCount(card.vocabulary - shown.length));
  if (others > 0.0005)
    rows.push(
      `<tr><td>${muted(escapeHtml(count))}&emsp;</td><td>${image(barSvg(others / largest, card.palette, true), "", 96, 10)}&emsp;</td><td align="right">${muted(formatProbability(others))}&emsp;</td><td></td></tr>`,
    );
  const title = score.rank === 1 ? l10n.t("Expected") : l10n.t("Expected instead");
  const head = `<tr><td>${muted(escapeHtml(title))}</td><td></td><td align="right">${muted("p")}&emsp;</td><td></td></tr>`;
  return `<table>${head}${rows.join("")}</table>`;
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

function footText({ token, given, secondsAgo }: SurprisalCard): string {
  const parts = [l10n.t("Raw model distribution, before any sampler.")];
  if (given !== undefined)
    parts.push(l10n.t("Given the {0} tokens before it, not the whole text.", formatCount(given)));
  parts.push(
    token.stale
      ? l10n.t("Stale: the text here or before it changed since it was scored.")
      : l10n.t("Scored {0} ago, up to date.", ago(secondsAgo)),
  );
  return parts.join(" ");
}

function ago(seconds: number): string {
  if (seconds < 90) return l10n.t("{0} s", Math.round(seconds));
  return seconds < 5400 ? l10n.t("{0} min", Math.round(seconds / 60)) : l10n.t("{0} h", Math.round(seconds / 3600));
}

function chip(token: FileToken, card: SurprisalCard): string {
  const text = escapeHtml(shortened(visibleText(token.parts.map((part) => part.token.text).join(""))));
  const step = token.bits === undefined ? 0 : stepOf(token.bits);
  if (step === 0 || card.highContrast || token.stale) return `<code>${text}</code>`;
  const fill = `background-color:var(--vscode-promptscope-surprisal${step});`;
  const color = step > 1 ? "color:var(--vscode-promptscope-surprisalText);" : "";
  return `<code><span style="${color}${fill}border-radius:2px;">${text}</span></code>`;
}

function image(svg: string, alt: string, width: number, height: number): string {
  return `<img src="${dataUri(svg)}" alt="${escapeHtml(alt)}" width="${width}" height="${height}">`;
}

/** Of an editor hover's style attributes VS Code lets through colours alone. */
function muted(html: string): string {
  return `<span style="color:var(--vscode-descriptionForeground);">${html}</span>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"'|\\`*_[\]]/g, (character) => `&#${character.charCodeAt(0)};`);
}
