import { html, nothing, type TemplateResult } from "lit";
import { decisionNames, findingOf, notJudged } from "../../src/experiments/interrogation/findingWords";
import { partsBar } from "../ui/charts/partsBar";
import { count, plural } from "../ui/format";
import type { Figures } from "./figures";
import type { Interrogation } from "./interrogation";
import { decisionSign } from "./marks";
import type { RunView } from "./protocol";

/** The finding comes first, then what becomes of the questions, and what can be done with them. */
export function summary(panel: Interrogation, run: RunView, figures: Figures): TemplateResult {
  const { key, rest } = findingOf(figures, Math.max(1, panel.state.files.length));
  const { keep, refuse, leaveOut } = figures.whole;
  const counts = [
    { decision: "keep", value: keep, look: "b" },
    { decision: "refuse", value: refuse, look: "a" },
    { decision: "leaveOut", value: leaveOut, look: "rest" },
  ] as const;
  const left = notJudged(figures);
  return html`<section class="summary" aria-label="Finding" data-region tabindex="0">
    <div class="finding">
      <p class="find"><b>${key}</b> ${rest}</p>
      ${keep + refuse + leaveOut > 0 ? totals(counts) : nothing}
      ${left === "" ? nothing : html`<p class="small muted">${left}</p>`} ${byRules(run, figures)}
      ${disbelieved(figures)}
    </div>
    ${actions(panel, figures)}
  </section>`;
}

function totals(
  counts: readonly {
    readonly decision: "keep" | "refuse" | "leaveOut";
    readonly value: number;
    readonly look: "a" | "b" | "rest";
  }[],
): TemplateResult {
  const name = counts.map(({ decision, value }) => `${count(value)} ${decisionNames[decision]}`).join(", ");
  return html`<div class="row wrap totals">
    ${partsBar(
      name,
      counts.map(({ value, look }) => ({ count: value, look })),
    )}
    ${counts.map(
      ({ decision, value }) =>
        html`<span class="small total">${decisionSign(decision)}${decisionNames[decision]} <b class="num">${count(value)}</b></span>`,
    )}
  </div>`;
}

/** Says so where the writer was too small to ask. */
function byRules({ asker }: RunView, { byRule, writingProblem }: Figures): TemplateResult | typeof nothing {
  if (asker !== "writer" || (byRule === 0 && writingProblem === null)) return nothing;
  return html`<p class="small caution-mark">
    ${byRule > 0 ? `Rules wrote ${plural(byRule, "question")}, since the writer could not. ` : ""}${writingProblem ?? ""}
  </p>`;
}

/** Says so where the judge could not tell answers apart that nobody doubts. */
function disbelieved({ judge }: Figures): TemplateResult | typeof nothing {
  if (!judge || judge.believed) return nothing;
  return html`<p class="small caution-mark">
    The judge told only ${count(judge.right)} of ${count(judge.pairs)} known pairs of answers and is not believed: words
    alone decided.
  </p>`;
}

function actions(panel: Interrogation, figures: Figures): TemplateResult {
  const { export: exported, running, list } = panel.state;
  const { card } = panel.view;
  const examples = exported ? exported.train + exported.validation : 0;
  const toggle = (wanted: "export" | "answers") => panel.setView({ card: card === wanted ? "none" : wanted });
  // One primary button: while there is something to review it is “Accept”.
  const done = (list?.counts.toReview ?? 0) === 0;
  return html`<div class="actions">
    <div class="row">
      <vscode-button
        appearance="secondary"
        id="more-answers"
        ?disabled=${!!running}
        aria-expanded=${card === "answers" ? "true" : "false"}
        @click=${() => toggle("answers")}
        >More answers…</vscode-button
      >
      <vscode-button
        appearance=${done ? "primary" : "secondary"}
        id="export"
        ?disabled=${exported === null}
        aria-expanded=${card === "export" ? "true" : "false"}
        @click=${() => toggle("export")}
        >Export ${plural(examples, "example")}…</vscode-button
      >
    </div>
    <p class="small muted num">${count(figures.reviewed)} of ${count(figures.all)} reviewed${
      exported ? ` · ${plural(exported.answers, "answer")}, ${plural(exported.refusals, "refusal")}` : ""
    }${exported && exported.files < 2 ? " · one file, so no validation split" : ""}</p>
  </div>`;
}
