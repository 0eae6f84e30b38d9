import { l10n } from "vscode";
import type { StopReason } from "../../inference/engine";
import { formatCount } from "../../tokens/format";
import { shortened, visibleText } from "../hover/display";
import { escapeHtml } from "../hover/html";
import { formatProbability } from "../surprisal/numbers";
import type { Continuation, Draw } from "./continuation";

/** "token 12 of 40 · seed 3 · T = 0.8 · next ·apples 18 %", short enough for a status bar. */
export function progressText(continuation: Continuation): string {
  const { draw, drawn, ended } = continuation;
  const place = endText(drawn, ended) ?? l10n.t("token {0} of {1}", formatCount(drawn), formatCount(draw.maxTokens));
  const [next] = continuation.pieces;
  const probability = next?.logProb === undefined ? undefined : formatProbability(Math.exp(next.logProb));
  const nextText =
    next && probability !== undefined
      ? l10n.t("next {0} {1}", shortened(visibleText(next.text), 12), probability)
      : undefined;
  return [place, drawText(draw), nextText].filter((part) => part !== undefined).join(" · ");
}

/** "seed 3 · T = 0.8", "greedy". */
export function drawText({ seed, temperature }: Draw): string {
  return temperature === 0 ? l10n.t("greedy") : l10n.t("seed {0} · T = {1}", formatCount(seed), temperature);
}

function endText(drawn: number, reason: StopReason | undefined): string | undefined {
  const tokens = drawn === 1 ? l10n.t("1 token") : l10n.t("{0} tokens", formatCount(drawn));
  if (reason === "endToken") return l10n.t("{0}, ended", tokens);
  if (reason === "contextFull") return l10n.t("{0}, context full", tokens);
  return undefined;
}

/** The continuation's tokens with their probabilities, and what else the next one could be, as Markdown with HTML. */
export function continuationMarkdown(
  continuation: Continuation,
  options: { readonly given: number | undefined; readonly take: (text: string) => string },
): string {
  const { pieces } = continuation;
  const rows = pieces.slice(0, mostRows).map(({ text, logProb, tokens }) => {
    const raw = logProb === undefined ? "–" : formatProbability(Math.exp(logProb));
    const drawn = tokens.reduce<number | undefined>(
      (all, { sampledWith }) => (all === undefined || sampledWith === undefined ? undefined : all * sampledWith),
      1,
    );
    const with_ = drawn === undefined ? "–" : formatProbability(drawn);
    return `<tr><td>${code(text)}&emsp;</td><td align="right">${raw}&emsp;</td><td align="right">${with_}</td></tr>`;
  });
  const more = pieces.length - rows.length;
  if (more > 0) rows.push(`<tr><td>${escapeHtml(l10n.t("{0} more", formatCount(more)))}</td><td></td><td></td></tr>`);
  const head = `<tr><td>${escapeHtml(l10n.t("Continuation"))}&emsp;</td><td align="right">${escapeHtml(l10n.t("model’s p"))}&emsp;</td><td align="right">${escapeHtml(l10n.t("drawn with"))}</td></tr>`;
  const others = (pieces[0]?.tokens[0]?.top ?? [])
    .filter(({ id, special, bytes }) => id !== pieces[0]?.tokens[0]?.id && !special && bytes === undefined)
    .slice(0, 5)
    .map(
      ({ text, logProb }) =>
        `<a href="${options.take(text)}">${code(text)}</a> ${formatProbability(Math.exp(logProb))}`,
    );
  const notes = [
    progressText(continuation),
    ...(options.given === undefined
      ? []
      : [l10n.t("Given the last {0} tokens before the cursor: more does not fit.", formatCount(options.given))]),
  ];
  const whole = shortened(visibleText(pieces.map(({ text }) => text).join("")).replaceAll("·", " "), mostCharacters);
  return [
    escapeHtml(notes.join(". ")),
    `<em>${escapeHtml(whole)}</em>`,
    `<table>${head}${rows.join("")}</table>`,
    ...(others.length > 0 ? [`${escapeHtml(l10n.t("Take instead:"))} ${others.join("&ensp;")}`] : []),
    escapeHtml(keysText()),
  ].join("\n\n");
}

const mostRows = 12;
/** Of the whole text, which in the editor may reach beyond the window. */
const mostCharacters = 600;

/** The keys, in one line, as package.json binds them. */
export function keysText(platform: NodeJS.Platform = process.platform): string {
  const command = platform === "darwin" ? "Cmd" : "Ctrl";
  return l10n.t("Tab all · {0}+→ word · {0}+Shift+→ token · Alt+] another seed · Esc dismiss", command);
}

function code(text: string): string {
  return `<code>${escapeHtml(shortened(visibleText(text), 24))}</code>`;
}
