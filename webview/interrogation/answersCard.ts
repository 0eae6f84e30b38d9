import { html, nothing, type TemplateResult } from "lit";
import { costWords } from "../runs/words";
import { plural } from "../ui/format";
import { numberField } from "../ui/slider";
import type { Interrogation } from "./interrogation";
import type { RunView } from "./protocol";

/** More answers to each question, with what they cost. */
export function answersCard(panel: Interrogation, run: RunView): TemplateResult | typeof nothing {
  if (panel.view.card !== "answers" || panel.state.running) return nothing;
  const { answers } = panel.view;
  const cost = panel.costOfMore(answers);
  return html`<section class="card row wrap" aria-label="More answers" data-region>
    <label for="answers">So many more to each question</label>
    ${numberField({
      id: "answers",
      label: "So many more answers to each question",
      value: answers,
      min: 1,
      max: 100,
      step: 1,
      change: (value) => panel.setView({ answers: Math.round(value) }),
    })}
    <span class="muted num" title=${cost?.basis ?? nothing}
      >${plural(run.samples, "answer")} each so far${cost ? ` · ${costWords(cost)}` : ""}</span
    >
    <span class="sp"></span>
    <vscode-button
      appearance="secondary"
      id="ask-more"
      @click=${() => {
        panel.setView({ card: "none" });
        panel.do("drawMore", answers);
      }}
      >Ask</vscode-button
    >
  </section>`;
}
