import { l10n } from "vscode";
import { meaningLabel } from "../../experiments/hallucination/labels";
import { confidenceWords, verdictWords } from "../../experiments/hallucination/verdictWords";
import { scoreNumber, scoreValue, scoreWords } from "../../experiments/hallucination/words";
import { percent } from "../../experiments/reasoning/words";
import { ago } from "../hover/ago";
import { shortened, visibleText } from "../hover/display";
import { code, escapeHtml, image, link, muted } from "../hover/html";
import type { Palette } from "../surprisal/palette";
import { barSvg } from "../surprisal/pictures";
import type { ClaimFinding } from "./claimFinding";
import type { ClaimMark } from "./claimMark";
import { type ScaleColors, scaleHeight, scaleSvg, scaleWidth } from "./claimPictures";
import { verdictSigns } from "./claimWords";

const noBreak = "\u00a0";
/** Meanings listed; more than one other is counted. */
const mostMeanings = 3;
/** Characters of a meaning's label. */
const mostLabel = 36;

export interface CardLinks {
  /** Addresses; undefined where there is nothing to lead to. */
  readonly open: string | undefined;
  readonly again: string;
  readonly clear: string;
}

export interface ClaimCard {
  readonly mark: ClaimMark;
  readonly palette: Palette;
  readonly colors: ScaleColors;
  readonly secondsAgo: number;
  readonly links: CardLinks;
}

/**
 * What the hover says of a claim, as HTML and Markdown: the verdict with its confidence, what was asked and seen, where the
 * score falls between its controls, and the meanings of the answers. Within the 250 px that VS Code shows without scrolling.
 */
export function claimMarkdown(card: ClaimCard): string {
  const { mark } = card;
  const { finding, question } = mark;
  if (!finding) return muted(escapeHtml(question ? l10n.t("Being asked: {0}", question) : l10n.t("About to be asked")));
  const { title, seen } = verdictWords(finding.verdict, finding.reading);
  const sections = [
    headLines(finding, title),
    escapeHtml(finding.failure ?? seen),
    ...scale(card, finding),
    ...meanings(finding, card.palette),
    lastLine(card),
  ];
  return sections.join("\n\n");
}

/** The verdict with its confidence, the question, and what the text answers. */
function headLines({ verdict, reading, model }: ClaimFinding, title: string): string {
  const { text, reference } = reading.cell.of;
  const confidence = confidenceWords(verdict.confidence);
  const sure = confidence === "" ? "" : `, ${escapeHtml(confidence)}`;
  const says = reference === undefined ? "" : ` ${l10n.t("The text says “{0}”.", shortened(reference, 50))}`;
  const asked = l10n.t("{0} was asked: “{1}”", model.name, shortened(text, 90));
  return `**${verdictSigns[verdict.verdict]} ${escapeHtml(title)}**${sure}&ensp;${muted(escapeHtml(`${asked}${says}`))}`;
}

/** The deciding score between its controls. */
function scale({ palette, colors }: ClaimCard, { verdict }: ClaimFinding): string[] {
  const shown =
    verdict.evidence.find(({ fit }) => fit.name === verdict.decidedBy) ??
    verdict.evidence.find(({ fit }) => fit.name === "semanticEntropy");
  if (!shown) return [];
  const { fit, value } = shown;
  const own = `${scoreWords[fit.name]} ${scoreValue(fit.name, value)}`;
  const medians = [fit.knownMedian, fit.inventedMedian].map((median) => scoreNumber(fit.name, median));
  const controls = l10n.t("● known {0}, ○ invented {1} (medians)", ...medians);
  const picture = image(scaleSvg(shown, palette, colors), `${own}; ${controls}`, scaleWidth, scaleHeight);
  return [`${picture}&ensp;${escapeHtml(own)}&ensp;${muted(escapeHtml(controls))}`];
}

/** What it says, by meaning, with each one's share of the answers. */
function meanings({ reading }: ClaimFinding, palette: Palette): string[] {
  const { clusters, answers, cell } = reading;
  if (answers.length === 0) return [];
  const shown = clusters.length <= mostMeanings + 1 ? clusters : clusters.slice(0, mostMeanings);
  const rows = shown.map((cluster) => ({
    name: cut(visibleLine(meaningLabel(cluster, cell.of.entity))) || l10n.t("says nothing"),
    share: cluster.answers.length / answers.length,
  }));
  const width = Math.max(...rows.map(({ name }) => [...name].length));
  const lines = rows.map(({ name, share }) => {
    const padded = code(`${name}${noBreak.repeat(width - [...name].length)}`.replaceAll(" ", noBreak));
    return `${padded} ${image(barSvg(share, palette), "", 96, 10)} ${code(percent(share).replaceAll(" ", noBreak).padStart(5, noBreak))}`;
  });
  const left = clusters.length - shown.length;
  if (left > 0) lines.push(muted(escapeHtml(l10n.t("and {0} other meanings", left))));
  return [lines.join("<br>")];
}

function lastLine({ mark, secondsAgo, links }: ClaimCard): string {
  const note = mark.stale ? l10n.t("The claim changed since it was probed.") : l10n.t("Asked {0} ago", ago(secondsAgo));
  return [
    link(links.again, l10n.t("Probe again")),
    ...(links.open === undefined ? [] : [link(links.open, l10n.t("Open in the probe panel"))]),
    link(links.clear, l10n.t("Clear marks")),
    muted(escapeHtml(note)),
  ].join("&ensp;");
}

/** Of a long label the beginning, which says the most. */
function cut(label: string): string {
  const characters = [...label];
  return characters.length > mostLabel
    ? `${characters
        .slice(0, mostLabel - 1)
        .join("")
        .trimEnd()}…`
    : label;
}

/** Of a model's answer, on one line and with nothing that has no shape. */
function visibleLine(text: string): string {
  return visibleText(text.replace(/\s+/g, " ").trim()).replaceAll("·", " ");
}
