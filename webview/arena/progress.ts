import { html, nothing, type TemplateResult } from "lit";
import { progressBar } from "../runs/notices";
import { duration } from "../runs/words";
import { count } from "../ui/format";
import type { Arena } from "./arena";

/** While answers come: how far it is and two ways to stop. Of hidden contestants it counts pairs, and no tokens. */
export function progress(panel: Arena): TemplateResult | typeof nothing {
  const { running, busy, run } = panel.state;
  if (!running || !run) return nothing;
  const { done, total, tokens, tokensPerSecond, secondsLeft } = running;
  const side = run.names === "always";
  const parts = [
    // Until the first answer: the model is being loaded.
    ...(done === 0 && busy ? [busy.message] : []),
    ...(side ? [`${count(tokens)} tokens`] : []),
    ...(tokensPerSecond === null ? [] : [`${count(Math.round(tokensPerSecond))} a second`]),
    ...(secondsLeft === null ? [] : [`≈ ${duration(secondsLeft)} left`]),
  ];
  const words = `${count(done)} of ${count(total)} ${side ? "answers" : "pairs"} written`;
  return html`<section class="busy card" aria-label="Progress" data-region>
    <div class="row wrap">
      <b class="num">${words}</b>
      <span class="muted num" title="≈: from the answers so far">${parts.join(" · ")}</span>
      <span class="sp"></span>
      <vscode-button appearance="secondary" id="pause" title="Stops asking; the run can go on later" @click=${() => panel.do("pause")}
        >Pause</vscode-button
      >
      <vscode-button appearance="secondary" id="stop" title="Esc" @click=${() => panel.do("stop")}>Stop, keep these</vscode-button>
    </div>
    ${progressBar(words, total > 0 ? done / total : null)}
  </section>`;
}
