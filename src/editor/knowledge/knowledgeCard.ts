import { l10n } from "vscode";
import { type Asked, markOf } from "../../experiments/interrogation/report";
import type { PartSummary } from "../../experiments/interrogation/summary";
import { percent, percents } from "../../experiments/reasoning/words";
import { formatCount } from "../../tokens/format";
import { shortened } from "../hover/display";
import { escapeHtml, image, link, muted } from "../hover/html";
import type { KnowledgeMark } from "./knowledgeMark";
import { type HeatPalette, legendHeight, legendSvg, legendWidth } from "./knowledgePictures";

/** Questions that a hover lists. */
const mostQuestions = 4;
const signs = { right: "✓", wrong: "✗", uninformative: "–" } as const;

export interface KnowledgeCard {
  /** Undefined over a heading. */
  readonly mark: KnowledgeMark | undefined;
  /** Of the section it stands in. */
  readonly section: PartSummary | undefined;
  readonly model: string;
  readonly step: number;
  readonly palette: HeatPalette;
  readonly links: { open(question?: string): string; readonly hide: string };
}

/** What the hover says of a stretch and its section, as HTML and Markdown, within 250 px. */
export function knowledgeMarkdown({ mark, section, model, step, palette, links }: KnowledgeCard): string {
  const stale = mark?.stale ? [muted(escapeHtml(l10n.t("The text changed since it was asked about.")))] : [];
  return [
    ...(mark ? [stretch(mark, model, links.open)] : []),
    ...stale,
    ...(section ? [sectionLine(section)] : []),
    image(
      legendSvg(palette, step),
      l10n.t("Shares of right answers, from made up to known"),
      legendWidth,
      legendHeight,
    ),
    `${link(links.open(), l10n.t("Open the interrogation"))}&ensp;${link(links.hide, l10n.t("Hide"))}`,
  ].join("\n\n");
}

function stretch({ right, questions }: KnowledgeMark, model: string, open: KnowledgeCard["links"]["open"]): string {
  const head =
    right.trials === 0
      ? escapeHtml(l10n.t("Not answered yet"))
      : `**${escapeHtml(percent(right.rate))}**&ensp;${muted(
          escapeHtml(
            l10n.t(
              "{0} of {1} answers right, closed book, {2}",
              formatCount(right.successes),
              formatCount(right.trials),
              model,
            ),
          ),
        )}`;
  const shown = questions.slice(0, mostQuestions).map((asked) => {
    const words = `${shortened(asked.text, 70)} ${shortened(asked.answer, 30)}`;
    return `${escapeHtml(marks(asked))}&ensp;${link(open(asked.id), words, l10n.t("Open this question in the interrogation"))}`;
  });
  const left = questions.length - shown.length;
  if (left > 0)
    shown.push(muted(escapeHtml(left === 1 ? l10n.t("and 1 more question") : l10n.t("and {0} more questions", left))));
  return `${head}\n\n${shown.join("<br>")}`;
}

/** "✓✓✗–" in the order of the answers. */
function marks(asked: Asked): string {
  return [...asked.answers.keys()]
    .sort((a, b) => a - b)
    .map((sample) => markOf(asked, sample))
    .map((mark) => (mark === undefined ? "·" : signs[mark]))
    .join("");
}

/** "Early life: 80 % [61, 94] of 24 answers right; keep the answer 3, teach “I don’t know” 1, leave out 0" */
function sectionLine({ section, right, decisions }: PartSummary): string {
  const name = section === "" ? l10n.t("Before the first heading") : shortened(section, 60);
  const numbers = rateText(right);
  const becomes = l10n.t(
    "keep the answer {0}, teach “I don’t know” {1}, leave out {2}",
    formatCount(decisions.keep),
    formatCount(decisions.refuse),
    formatCount(decisions.leaveOut),
  );
  return `**${escapeHtml(name)}**&ensp;${escapeHtml(numbers)}<br>${muted(escapeHtml(becomes))}`;
}

/** "80 % [61, 94] of 24 answers right" */
export function rateText(right: PartSummary["right"]): string {
  if (right.trials === 0) return l10n.t("not answered yet");
  return l10n.t("{0} {1} of {2} answers right", percent(right.rate), percents(right), formatCount(right.trials));
}
