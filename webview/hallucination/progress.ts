import { html, nothing, type TemplateResult } from "lit";
import { progressBar } from "../runs/notices";
import { duration } from "../runs/words";
import { count } from "../ui/format";
import type { Probe } from "./probe";
import { verdictNames, verdictOrder } from "./verdictWords";

/** While answers come: how far it is, what it says so far, and two ways to stop. */
export function progress(panel: Probe): TemplateResult | typeof nothing {
  const { running, busy, run } = panel.state;
  if (!running) return nothing;
  const { done, total, tokens, tokensPerSecond, secondsLeft } = running;
  const parts = [
    // Until the first answer: the model is being loaded.
    ...(done === 0 && busy ? [busy.message] : []),
    `${count(tokens)} tokens`,
    ...(tokensPerSecond === null ? [] : [`${count(Math.round(tokensPerSecond))} a second`]),
    ...(secondsLeft === null ? [] : [`≈ ${duration(secondsLeft)} left`]),
  ];
  const name = `${count(done)} of ${count(total)} questions${run && run.known + run.invented > 0 ? " and controls" : ""}`;
  const soFar = soFarWords(panel);
  return html`<section class="busy card" aria-label="Progress" data-region>
    <div class="row wrap">
      <b class="num">${name}</b>
      <span class="muted num" title="≈: from the answers so far">${parts.join(" · ")}</span>
      <span class="sp"></span>
      <vscode-button appearance="secondary" id="pause" title="Stops asking; the probe can go on later" @click=${() => panel.do("pause")}
        >Pause</vscode-button
      >
      <vscode-button appearance="secondary" id="stop" title="Esc" @click=${() => panel.do("stop")}>Stop, keep these</vscode-button>
    </div>
    ${progressBar(name, total > 0 ? done / total : null)}
    ${soFar === "" ? nothing : html`<p class="so-far">${soFar}</p>`}
  </section>`;
}

/** "So far: knows 3, guesses 2. The verdict is stated when its controls are in." */
function soFarWords({ state: { figures, run } }: Probe): string {
  if (!figures || !run) return "";
  const seen = verdictOrder.filter((verdict) => figures.verdicts[verdict] > 0 && verdict !== "cannotTell");
  const words = seen.map((verdict) => `${verdictNames[verdict].toLowerCase()} ${count(figures.verdicts[verdict])}`);
  const counts = run.questions > 1 && words.length > 0 ? `So far: ${words.join(", ")}. ` : "";
  return run.known + run.invented > 0 ? `${counts}Verdicts stand when the controls are in.` : counts;
}
