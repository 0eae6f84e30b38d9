import { html, nothing, type TemplateResult } from "lit";
import { count } from "../ui/format";
import { progressBar } from "./notices";
import type { Busy, Running } from "./state";
import { duration } from "./words";

export interface RunProgress {
  readonly running: Running;
  readonly busy: Busy | null;
  /** "12 of 50 answers". */
  readonly name: string;
  /** Tokens are not told: they would say who is writing. */
  readonly quiet?: boolean;
  pause(): void;
  stop(): void;
}

/** While answers come: how far it is, and two ways to stop. `soFar` stands below the bar. */
export function runProgress(
  { running, busy, name, quiet = false, pause, stop }: RunProgress,
  soFar: TemplateResult | typeof nothing = nothing,
): TemplateResult {
  const { done, total, tokens, tokensPerSecond, secondsLeft } = running;
  const parts = [
    // Until the first answer: the model is being loaded.
    ...(done === 0 && busy ? [busy.message] : []),
    ...(quiet ? [] : [`${count(tokens)} tokens`]),
    ...(tokensPerSecond === null ? [] : [`${count(Math.round(tokensPerSecond))} a second`]),
    ...(secondsLeft === null ? [] : [`≈ ${duration(secondsLeft)} left`]),
  ];
  return html`<section class="busy card" aria-label="Progress" data-region>
    <div class="row wrap">
      <b class="num">${name}</b>
      <span class="muted num" title="≈: from the answers so far">${parts.join(" · ")}</span>
      <span class="sp"></span>
      <vscode-button appearance="secondary" id="pause" title="Stops asking; the run can go on later" @click=${pause}>Pause</vscode-button>
      <vscode-button appearance="secondary" id="stop" title="Esc" @click=${stop}>Stop, keep these</vscode-button>
    </div>
    ${progressBar(name, total > 0 ? done / total : null)} ${soFar}
  </section>`;
}
