import { html, nothing, type TemplateResult } from "lit";
import { progressBar } from "../runs/notices";
import { duration } from "../runs/words";
import { count } from "../ui/format";
import type { Suites } from "./suites";

/** While answers come: how far it is, and two ways to stop. */
export function progress(panel: Suites): TemplateResult | typeof nothing {
  const { running, busy } = panel.state;
  if (!running) return nothing;
  const { done, total, tokens, tokensPerSecond, secondsLeft } = running;
  const parts = [
    // Until the first answer: the model is being loaded.
    ...(done === 0 && busy ? [busy.message] : []),
    `${count(tokens)} tokens`,
    ...(tokensPerSecond === null ? [] : [`${count(Math.round(tokensPerSecond))} a second`]),
    ...(secondsLeft === null ? [] : [`≈ ${duration(secondsLeft)} left`]),
  ];
  return html`<section class="busy card" aria-label="Progress" data-region>
    <div class="row wrap">
      <b class="num">${count(done)} of ${count(total)} answers</b>
      <span class="muted num" title="≈: from the answers so far">${parts.join(" · ")}</span>
      <span class="sp"></span>
      <vscode-button appearance="secondary" id="pause" title="Stops asking; the run can go on later" @click=${() => panel.do("pause")}
        >Pause</vscode-button
      >
      <vscode-button appearance="secondary" id="stop" title="Esc" @click=${() => panel.do("stop")}>Stop, keep these</vscode-button>
    </div>
    ${progressBar(`${count(done)} of ${count(total)} answers`, total > 0 ? done / total : null)}
  </section>`;
}
