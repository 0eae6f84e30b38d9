import { html, nothing, type TemplateResult } from "lit";
import { progressBar } from "../runs/notices";
import { duration } from "../runs/words";
import { count, plural } from "../ui/format";
import type { Interrogation } from "./interrogation";

/** While questions are written and answered: how far it is, where in the text, and two ways to stop. */
export function progress(panel: Interrogation): TemplateResult | typeof nothing {
  const { running, busy } = panel.state;
  if (!running) return nothing;
  const { snippets, done, total, tokens, tokensPerSecond, secondsLeft, at } = running;
  const parts = [
    // Until the first answer: the model is being loaded.
    ...(done === 0 && busy ? [busy.message] : []),
    ...(at ? [`${at.file}, line ${count(at.line)}`] : []),
    `${plural(tokens, "token")}`,
    ...(tokensPerSecond === null ? [] : [`${count(Math.round(tokensPerSecond))} a second`]),
    ...(secondsLeft === null ? [] : [`≈ ${duration(secondsLeft)} left`]),
  ];
  const asked = `${count(snippets.done)} of ${plural(snippets.total, "snippet")}`;
  // The snippets say how far the whole is; answers alone where all questions are there.
  const whole =
    snippets.done < snippets.total ? snippets.done / Math.max(1, snippets.total) : done / Math.max(1, total);
  return html`<section class="busy card" aria-label="Progress" data-region>
    <div class="row wrap">
      <b class="num">${asked}, ${count(done)} of ${plural(total, "answer")}</b>
      <span class="muted num" title="≈: from the answers so far">${parts.join(" · ")}</span>
      <span class="sp"></span>
      <vscode-button appearance="secondary" id="pause" title="Stops asking; the run can go on later" @click=${() => panel.do("pause")}
        >Pause</vscode-button
      >
      <vscode-button appearance="secondary" id="stop" title="Esc" @click=${() => panel.do("stop")}>Stop, keep these</vscode-button>
    </div>
    ${progressBar(`${asked}, ${count(done)} of ${plural(total, "answer")}`, Math.min(1, whole))}
  </section>`;
}
