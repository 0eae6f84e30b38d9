import { html, type TemplateResult } from "lit";
import { count } from "../ui/format";
import type { CellView, ItemPage, JudgementView } from "./items";
import type { Probe } from "./probe";

/** Pairs drawn at once; those that judge or person spoke of come first. */
const mostShown = 60;

const relations = {
  entailment: "entails",
  neutral: "neutral",
  contradiction: "contradicts",
  unclear: "unclear",
} as const;

/** Pairs of answers, who says whether they mean the same, and a person's own word, which stands before all others. */
export function judgementsView(panel: Probe, page: ItemPage, cell: CellView): TemplateResult {
  const id = { item: page.id, book: cell.book };
  const all = panel.judgementsOf(id);
  if (!all) return html`<p class="muted small">Reading the judgements…</p>`;
  const shown = all.slice(0, mostShown);
  const text = (sample: number) => cell.answers.find((answer) => answer.sample === sample)?.text ?? "";
  const correct = ({ first, second }: JudgementView, same: boolean | null) =>
    panel.do("correctPair", { ...id, first, second, same });
  return html`<ol class="judgements" id="judgement-list" aria-label="Judgements of pairs">
      ${shown.map((pair, index) =>
        pairRow(
          panel,
          pair,
          index,
          text,
          (same) => correct(pair, same),
          (event) => keys(event, panel, shown, correct),
        ),
      )}
    </ol>
    <p class="small muted">
      ${all.length > mostShown ? `The first ${count(mostShown)} of ${count(all.length)} pairs. ` : ""}<span class="key">S</span>
      the same, <span class="key">D</span> different, <span class="key">⌫</span> as judged, <span class="key">U</span> undo.
    </p>`;
}

function pairRow(
  panel: Probe,
  pair: JudgementView,
  index: number,
  text: (sample: number) => string,
  correct: (same: boolean | null) => void,
  press: (event: KeyboardEvent) => void,
): TemplateResult {
  const hold = () => {
    if (panel.pair === index) return;
    panel.pair = index;
    panel.draw();
  };
  return html`<li class="pair" id="pair-${index}" tabindex=${panel.pair === index ? 0 : -1} @focus=${hold} @keydown=${press}>
    <p class="pair-text"><span class="muted num">${pair.first + 1}</span> ${text(pair.first)}</p>
    <p class="pair-text"><span class="muted num">${pair.second + 1}</span> ${text(pair.second)}</p>
    <p class="small">
      <b>${pair.same ? "= the same" : "≠ different"}</b>
      <span class="muted">${said(pair)}</span>
      <button class="link" @click=${() => correct(!pair.same)}>${pair.same ? "They differ" : "They mean the same"}</button>
      ${pair.by === "person" ? html`<button class="link" @click=${() => correct(null)}>As judged</button>` : ""}
    </p>
  </li>`;
}

function said({ by, judge }: JudgementView): string {
  const ways = judge ? `the judge: ${relations[judge.forward]}, and back: ${relations[judge.backward]}` : "";
  if (by === "person") return `by hand${ways === "" ? "" : `; ${ways}`}`;
  if (by === "words") return "the same words";
  return by === "judge" ? ways : "nobody was asked: the words differ";
}

function keys(
  event: KeyboardEvent,
  panel: Probe,
  shown: readonly JudgementView[],
  correct: (pair: JudgementView, same: boolean | null) => void,
): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
  const pair = shown[panel.pair];
  const go = (index: number) => () =>
    panel.root.querySelector<HTMLElement>(`#pair-${Math.min(shown.length - 1, Math.max(0, index))}`)?.focus();
  const actions: Readonly<Record<string, () => void>> = {
    ArrowDown: go(panel.pair + 1),
    j: go(panel.pair + 1),
    ArrowUp: go(panel.pair - 1),
    k: go(panel.pair - 1),
    Home: go(0),
    End: go(shown.length - 1),
    ...(pair && {
      s: () => correct(pair, true),
      d: () => correct(pair, false),
      Backspace: () => correct(pair, null),
      Delete: () => correct(pair, null),
    }),
    ...(panel.state.canUndoCorrection && { u: () => panel.do("undoCorrection") }),
  };
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  event.stopPropagation();
  action();
}
